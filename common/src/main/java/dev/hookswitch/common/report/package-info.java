/** The form of the project's long proofs and benchmarks: one page for people, one file for checks. */
@NullMarked
package dev.hookswitch.common.report;

import org.jspecify.annotations.NullMarked;

/** The test tools tested. */
@NullMarked
package dev.hookswitch.testkit;

import org.jspecify.annotations.NullMarked;

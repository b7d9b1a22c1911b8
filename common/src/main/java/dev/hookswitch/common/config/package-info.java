/** Settings from one documented defaults file, an operator's file and the environment; all problems at once. */
@NullMarked
package dev.hookswitch.common.config;

import org.jspecify.annotations.NullMarked;

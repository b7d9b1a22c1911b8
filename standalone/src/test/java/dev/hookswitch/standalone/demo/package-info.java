/** Tests of the demonstration. */
@NullMarked
package dev.hookswitch.standalone.demo;

import org.jspecify.annotations.NullMarked;

/** For tests only: a Kafka cluster that test classes share, an HTTP receiver that does as told, a clock moved by hand. */
@NullMarked
package dev.hookswitch.testkit;

import org.jspecify.annotations.NullMarked;

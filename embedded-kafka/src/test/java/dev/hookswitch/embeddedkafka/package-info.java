/** The broker run in this JVM and in processes that are killed. */
@NullMarked
package dev.hookswitch.embeddedkafka;

import org.jspecify.annotations.NullMarked;

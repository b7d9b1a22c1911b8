/** Tests of ingest, over HTTP and against a broker. */
@NullMarked
package dev.hookswitch.ingest;

import org.jspecify.annotations.NullMarked;

/** One POST to one pinned address over an asynchronous HTTP client, under a hard deadline. */
@NullMarked
package dev.hookswitch.dispatcher.http;

import org.jspecify.annotations.NullMarked;

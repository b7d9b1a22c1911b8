/**
 * API keys: what one looks like, who it speaks for, and whether a request that shows one is served. What ingest and the
 * management API share.
 */
@NullMarked
package dev.hookswitch.common.access;

import org.jspecify.annotations.NullMarked;

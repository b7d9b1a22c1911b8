/**
 * JSON in the one spelling that survives JavaScript's parse and stringify unchanged, so that a receiver may check a
 * signature over the raw body or over what it printed again.
 */
@NullMarked
package dev.hookswitch.common.json;

import org.jspecify.annotations.NullMarked;

/** The documents that speak of this module, held against it. */
@NullMarked
package dev.hookswitch.common.docs;

import org.jspecify.annotations.NullMarked;

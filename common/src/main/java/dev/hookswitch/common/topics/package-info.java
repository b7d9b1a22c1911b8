/** The one declaration of every topic. */
@NullMarked
package dev.hookswitch.common.topics;

import org.jspecify.annotations.NullMarked;

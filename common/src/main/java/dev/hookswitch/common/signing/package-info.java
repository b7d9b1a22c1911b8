/** Secrets and the signatures made with them, as the vendors and Standard Webhooks document them. */
@NullMarked
package dev.hookswitch.common.signing;

import org.jspecify.annotations.NullMarked;

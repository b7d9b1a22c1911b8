/** What a vendor promises to receivers, as data: body, times, signature, retries, disabling, event types. */
@NullMarked
package dev.hookswitch.common.profile;

import org.jspecify.annotations.NullMarked;

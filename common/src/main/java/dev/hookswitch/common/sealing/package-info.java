/** Secrets at rest: sealed with AES-256-GCM under the operator's key ring. */
@NullMarked
package dev.hookswitch.common.sealing;

import org.jspecify.annotations.NullMarked;

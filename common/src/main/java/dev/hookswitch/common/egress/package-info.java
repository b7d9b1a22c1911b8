/** Which URLs and addresses may be called: pure rules, without look-ups and sockets. */
@NullMarked
package dev.hookswitch.common.egress;

import org.jspecify.annotations.NullMarked;

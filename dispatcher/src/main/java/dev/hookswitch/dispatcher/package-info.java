/** Role: POSTs deliveries, signed, and keeps the books. Wires the packages below. */
@NullMarked
package dev.hookswitch.dispatcher;

import org.jspecify.annotations.NullMarked;

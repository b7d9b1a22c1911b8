/** Host names become checked addresses, or nothing is called. */
@NullMarked
package dev.hookswitch.dispatcher.egress;

import org.jspecify.annotations.NullMarked;

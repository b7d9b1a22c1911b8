/** Host names become checked addresses, or nothing is called; what belongs to the deployment itself is never called. */
@NullMarked
package dev.hookswitch.dispatcher.egress;

import org.jspecify.annotations.NullMarked;

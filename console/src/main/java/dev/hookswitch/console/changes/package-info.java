/**
 * Changes come one after the other in the whole deployment: each is decided on what the last one left, and written with its
 * audit in one transaction. Whatever changes tenants, keys and endpoints goes through here.
 */
@NullMarked
package dev.hookswitch.console.changes;

import org.jspecify.annotations.NullMarked;

/** Endpoints are made, shown and switched here; the command line and the management API share this code. */
@NullMarked
package dev.hookswitch.console.endpoints;

import org.jspecify.annotations.NullMarked;

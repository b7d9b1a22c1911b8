/** Tenants and API keys are made and changed here; the command line, standalone and the management API share this code. */
@NullMarked
package dev.hookswitch.console.access;

import org.jspecify.annotations.NullMarked;

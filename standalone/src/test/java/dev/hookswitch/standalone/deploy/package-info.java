/** Holds what deploys the roles against the roles. */
@NullMarked
package dev.hookswitch.standalone.deploy;

import org.jspecify.annotations.NullMarked;

/** The management API over HTTP: routes, who may, what a request must be like, and answers. */
@NullMarked
package dev.hookswitch.console.api;

import org.jspecify.annotations.NullMarked;

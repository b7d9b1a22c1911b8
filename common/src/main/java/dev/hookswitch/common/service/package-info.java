/** What a role is to the process that runs it: start, health, close; and the process around it. */
@NullMarked
package dev.hookswitch.common.service;

import org.jspecify.annotations.NullMarked;

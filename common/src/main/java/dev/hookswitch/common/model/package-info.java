/** The words of the system as data, and their form on the topics. No effects. */
@NullMarked
package dev.hookswitch.common.model;

import org.jspecify.annotations.NullMarked;

/** What every benchmark stands on: a folder, a broker, processes that end with it, and topics of its own. */
@NullMarked
package dev.hookswitch.benchmarks.rig;

import org.jspecify.annotations.NullMarked;

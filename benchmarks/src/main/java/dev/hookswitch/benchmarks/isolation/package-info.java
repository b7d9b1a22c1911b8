/** The proof that endpoints which hang or drip cost the healthy ones nothing, and lose nothing themselves. */
@NullMarked
package dev.hookswitch.benchmarks.isolation;

import org.jspecify.annotations.NullMarked;

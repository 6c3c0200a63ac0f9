/**
 * Benchmarks: each is a ratio to a peer, or to the bare work, measured in one run, since a time
 * alone says more of the machine than of us. Nothing depends on this room. Open {@link
 * org.firstpass.bench.Bench} first.
 */
@NullMarked
package org.firstpass.bench;

import org.jspecify.annotations.NullMarked;

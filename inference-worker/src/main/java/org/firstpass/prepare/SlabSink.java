package org.firstpass.prepare;

/**
 * Takes what a network says, slab by slab, so that all of it never has to be in memory at once.
 * Every slice of the grid comes once, in rising order, from one thread at a time.
 */
public interface SlabSink {
  void accept(NetworkSlab slab);
}

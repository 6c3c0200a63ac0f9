package org.firstpass.worker;

import org.firstpass.inference.LoadedNetwork;

/**
 * A network in memory, with how many hold it; the last one who lets go frees it. Safe for use by
 * many threads.
 */
final class HeldNetwork {
  private final LoadedNetwork network;
  private int holders = 1;

  /** Held by who opened it. */
  HeldNetwork(LoadedNetwork network) {
    this.network = network;
  }

  LoadedNetwork network() {
    return network;
  }

  synchronized HeldNetwork hold() {
    if (holders == 0) {
      throw new IllegalStateException(network.model().label() + " was let go of by everyone");
    }
    holders++;
    return this;
  }

  synchronized void letGo() {
    holders--;
    if (holders == 0) {
      network.close();
    }
  }
}

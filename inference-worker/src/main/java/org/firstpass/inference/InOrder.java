package org.firstpass.inference;

import java.util.HashMap;
import java.util.Map;

/**
 * Hands out in order what comes in any. Whoever puts never waits; who takes waits for the next one.
 */
final class InOrder<T> {
  private final Map<Integer, T> early = new HashMap<>();
  private int next;

  synchronized void put(int index, T value) {
    early.put(index, value);
    notifyAll();
  }

  synchronized T take() throws InterruptedException {
    while (true) {
      T value = early.remove(next);
      if (value != null) {
        next++;
        return value;
      }
      wait();
    }
  }
}

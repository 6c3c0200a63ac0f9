package org.firstpass.standalone;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C or a polite kill, and lets the process end only when all is put away. */
final class Interruption {
  private Interruption() {}

  static void await(Runnable close) throws InterruptedException {
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close.run();
                  ended.countDown();
                },
                "closing"));
    ended.await();
  }
}

package org.firstpass.bench;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.study.SeriesInstanceUid;

/** A storage SCP on the loopback interface. */
interface Receiver extends AutoCloseable {
  DicomPeer peer();

  /**
   * Waits until nothing of a series is still being worked on, and says how many instances it has.
   */
  long settled(SeriesInstanceUid series) throws Exception;

  /** Asks again and again until it is so. */
  static void await(String what, Condition condition) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(what + " did not come within a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Something that becomes so. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package org.firstpass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface on which nobody listens. */
final class FreePort {
  private FreePort() {}

  /** The preferred port if it is free, otherwise any free one; 0 prefers none. */
  static int near(int preferred) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), preferred));
      return socket.getLocalPort();
    } catch (IOException taken) {
      if (preferred == 0) {
        throw new UncheckedIOException("no port of the loopback interface is free", taken);
      }
      return near(0);
    }
  }
}

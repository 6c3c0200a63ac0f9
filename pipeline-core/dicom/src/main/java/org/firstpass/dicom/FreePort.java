package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a free port, since the toolkit refuses port 0. */
final class FreePort {
  private FreePort() {}

  /**
   * A port that was free a moment ago; another process may take it meanwhile.
   *
   * @throws UncheckedIOException if the address is none of this machine
   */
  static int on(String bindAddress) {
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName(bindAddress))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + bindAddress, e);
    }
  }
}

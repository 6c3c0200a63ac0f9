package org.firstpass.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of the loopback address for a program that has to be told one. It lies below those that a
 * system gives to outgoing connections, so that no connection takes it before the program does.
 */
public final class FreePort {
  private static final int LEAST = 15_000;
  private static final int BOUND = 32_000;

  private FreePort() {}

  /** One on which nothing listens now. */
  public static int find() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free between " + LEAST + " and " + BOUND);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}

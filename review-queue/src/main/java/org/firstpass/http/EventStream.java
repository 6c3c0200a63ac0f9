package org.firstpass.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One page that follows by server-sent events. Nobody waits for it: what the connection does not
 * take yet waits in a short queue, and when that is full the page is told to read anew instead.
 * Thread-safe.
 */
final class EventStream implements WriteListener {
  /** More than a reader can look at; more than that many changes are read as a whole. */
  static final int MOST_WAITING = 256;

  private final String subject;
  private final long opened = System.nanoTime();
  private final ServletOutputStream out;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private boolean idle;
  private boolean unflushed;
  private boolean closed;

  EventStream(String subject, ServletOutputStream out) {
    this.subject = subject;
    this.out = out;
  }

  String subject() {
    return subject;
  }

  long nanosOpen() {
    return System.nanoTime() - opened;
  }

  /** Done when it has ended, by whichever side. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Begins to send. */
  void start() {
    out.setWriteListener(this);
  }

  /**
   * Sends an event soon.
   *
   * @param data one line
   */
  void send(String event, String data) {
    boolean broken = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() >= MOST_WAITING) {
        waiting.clear();
        waiting.add(bytes(TaskEvents.REREAD, "{}"));
      }
      waiting.add(bytes(event, data));
      if (idle) {
        broken = !drain();
      }
    }
    if (broken) {
      close();
    }
  }

  private static byte[] bytes(String event, String data) {
    return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void onWritePossible() {
    boolean broken;
    synchronized (this) {
      broken = !closed && !drain();
    }
    if (broken) {
      close();
    }
  }

  /** Writes as long as nothing has to be waited for; false if the connection is gone. */
  private boolean drain() {
    try {
      while (out.isReady()) {
        byte[] next = waiting.poll();
        if (next != null) {
          out.write(next);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          out.flush();
        } else {
          idle = true;
          return true;
        }
      }
      idle = false;
      return true;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void onError(Throwable failure) {
    close();
  }

  /** Ends it; the page opens another one. */
  void close() {
    synchronized (this) {
      closed = true;
      waiting.clear();
    }
    over.complete(null);
  }
}

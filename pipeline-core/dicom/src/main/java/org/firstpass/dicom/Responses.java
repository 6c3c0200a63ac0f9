package org.firstpass.dicom;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.jspecify.annotations.Nullable;

/**
 * The responses to one request, as they come. While too many wait, nothing more is read from the
 * peer. Safe for use by the association's reader and one that waits.
 */
final class Responses extends DimseRSPHandler {
  private static final int MOST_WAITING = 64;
  private static final int PENDING_MASK = 0xFFFE;
  private static final int PENDING = 0xFF00;

  /** One response and its data set. */
  record Response(Attributes command, @Nullable Attributes data) {
    int status() {
      return command.getInt(Tag.Status, -1) & 0xFFFF;
    }

    boolean isPending() {
      return (status() & PENDING_MASK) == PENDING;
    }
  }

  private final ReceiveMeter meter;
  private final Deque<Response> waiting = new ArrayDeque<>();
  private boolean closed;
  private boolean abandoned;

  Responses(int messageId, ReceiveMeter meter) {
    super(messageId);
    this.meter = meter;
  }

  @Override
  public synchronized void onDimseRSP(
      Association association, Attributes command, @Nullable Attributes data) {
    super.onDimseRSP(association, command, data);
    meter.message();
    try {
      while (waiting.size() >= MOST_WAITING && !abandoned) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!abandoned) {
      waiting.add(new Response(command, data));
      notifyAll();
    }
  }

  @Override
  public synchronized void onClose(Association association) {
    super.onClose(association);
    closed = true;
    notifyAll();
  }

  /** The next one; none if none came for that long, or none will come. */
  synchronized Optional<Response> next(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (waiting.isEmpty() && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    notifyAll();
    return Optional.ofNullable(waiting.poll());
  }

  /** Whether the association is closed and all that came before has been taken. */
  synchronized boolean ended() {
    return closed && waiting.isEmpty();
  }

  /** Nobody waits any more. */
  synchronized void abandon() {
    abandoned = true;
    waiting.clear();
    notifyAll();
  }
}

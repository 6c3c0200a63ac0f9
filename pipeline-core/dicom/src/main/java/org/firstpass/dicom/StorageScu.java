package org.firstpass.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.firstpass.failure.TryAgainLater;

/**
 * Sends instances to a DICOM peer, as they are: no transfer syntax is changed on the way.
 *
 * @see "PS3.4 annexes A and B"
 */
public final class StorageScu {
  private StorageScu() {}

  /**
   * Sends files over several associations at once.
   *
   * <p>An association that breaks is opened again, and what it had not finished is sent again once;
   * a file that the peer refuses, or that is no instance, is reported and does not hold up the
   * others.
   *
   * @param associations how many to open at most
   * @param progress told, from any of the sending threads but one at a time, how many files are
   *     done
   * @throws org.firstpass.failure.TryAgainLater PEER_UNAVAILABLE if no association could be opened
   */
  public static SendReport send(
      DicomPeer peer, List<Path> files, int associations, IntConsumer progress) {
    if (associations < 1) {
      throw new IllegalArgumentException("at least one association, but got " + associations);
    }
    var queue = new SendQueue(files, progress);
    int senders = Math.min(associations, queue.size());
    if (senders == 0) {
      return queue.report();
    }
    try (var network = new RequestorNode(peer)) {
      run(network, queue, senders);
    }
    return queue.report();
  }

  /**
   * C-ECHO: asks the peer whether it hears us.
   *
   * @throws org.firstpass.failure.TryAgainLater PEER_UNAVAILABLE if it does not answer with success
   */
  public static void echo(DicomPeer peer) {
    try (var network = new RequestorNode(peer)) {
      network.echo();
    }
  }

  private static void run(RequestorNode network, SendQueue queue, int senders) {
    var pool = Executors.newFixedThreadPool(senders);
    try {
      List<Future<Optional<TryAgainLater>>> running = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        running.add(pool.submit(() -> new QueueRun(network, queue).run()));
      }
      Optional<TryAgainLater> refused = Optional.empty();
      for (Future<Optional<TryAgainLater>> sender : running) {
        refused = sender.get().or(preserve(refused));
      }
      refused.ifPresent(queue::giveUp);
    } catch (ExecutionException e) {
      throw new IllegalStateException("sending failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> Supplier<Optional<T>> preserve(Optional<T> value) {
    return () -> value;
  }
}

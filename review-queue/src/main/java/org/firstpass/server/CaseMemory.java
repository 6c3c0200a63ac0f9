package org.firstpass.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.CompanionImages;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cases that were opened last, within a number of bytes.
 *
 * <p>Two who ask for the same case wait for one reading of it. What failed is forgotten at once.
 * Thread-safe.
 */
final class CaseMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CaseMemory.class);
  private static final long LABEL_BYTES = 64L << 20;
  private static final long COMPANION_BYTES = 256L << 20;

  private final Shelf<OpenedCase> cases;
  private final Shelf<ByteContent> labels = new Shelf<>(LABEL_BYTES, ByteContent::size);

  private final Shelf<CompanionImages.Laid> companions =
      new Shelf<>(COMPANION_BYTES, laid -> laid.image().content().size());

  // One at a time, so that what a reader waits for is not starved by what one may ask for next.
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(work -> daemon(work, "case-memory"));

  // Whoever waits does not wait behind what may be asked for next.
  private final ExecutorService readers =
      Executors.newCachedThreadPool(work -> daemon(work, "case-reading"));

  CaseMemory(long maxBytes) {
    this.cases = new Shelf<>(maxBytes, OpenedCase::bytes);
  }

  private static Thread daemon(Runnable work, String name) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Where the rest of a case is read. */
  Executor readers() {
    return readers;
  }

  /** The case is read anew when it is asked for again. */
  void forget(Sha256 revision) {
    cases.remove(revision);
  }

  OpenedCase get(Sha256 revision, Supplier<OpenedCase> reading) {
    return cases.get(revision, reading);
  }

  /** Lets others go, since this case takes more than when it was opened. */
  void makeRoom(Sha256 revision) {
    cases.trim(revision);
  }

  ByteContent labels(Sha256 digest, Supplier<ByteContent> packing) {
    return labels.get(digest, packing);
  }

  /**
   * A series as it lies on the grid of another one.
   *
   * @param pair of both
   */
  CompanionImages.Laid companion(Sha256 pair, Supplier<CompanionImages.Laid> laying) {
    return companions.get(pair, laying);
  }

  void inBackground(Runnable preparation) {
    try {
      background.execute(
          () -> {
            try {
              preparation.run();
            } catch (FirstpassFailure e) {
              LOG.info("a case could not be prepared: {} {}", e.code().code(), e.getMessage());
            } catch (RuntimeException e) {
              LOG.warn("a case could not be prepared", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("no case is prepared any more, the server stops");
    }
  }

  @Override
  public void close() {
    background.shutdownNow();
    readers.shutdownNow();
    try {
      if (!background.awaitTermination(5, TimeUnit.SECONDS)
          || !readers.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a case is still being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Values by digest; the one that was not asked for the longest goes first. */
  private static final class Shelf<T> {
    private final long maxBytes;
    private final ToLongFunction<T> size;
    private final Map<Sha256, CompletableFuture<T>> values = new LinkedHashMap<>(16, 0.75f, true);

    Shelf(long maxBytes, ToLongFunction<T> size) {
      this.maxBytes = maxBytes;
      this.size = size;
    }

    T get(Sha256 key, Supplier<T> supplier) {
      var mine = new CompletableFuture<T>();
      CompletableFuture<T> value;
      synchronized (values) {
        CompletableFuture<T> known = values.get(key);
        if (known == null) {
          values.put(key, mine);
        }
        value = known == null ? mine : known;
      }
      if (value == mine) {
        fill(key, mine, supplier);
      }
      try {
        return value.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }

    void remove(Sha256 key) {
      synchronized (values) {
        values.remove(key);
      }
    }

    private void fill(Sha256 key, CompletableFuture<T> value, Supplier<T> supplier) {
      try {
        value.complete(supplier.get());
        trim(key);
      } catch (RuntimeException | Error e) {
        synchronized (values) {
          values.remove(key, value);
        }
        value.completeExceptionally(e);
      }
    }

    // The newest stays even if it alone is too large: somebody is about to look at it.
    private void trim(Sha256 newest) {
      synchronized (values) {
        long bytes = values.values().stream().filter(Shelf::isThere).mapToLong(v -> size(v)).sum();
        var oldest = values.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
          var entry = oldest.next();
          if (isThere(entry.getValue()) && !entry.getKey().equals(newest)) {
            bytes -= size(entry.getValue());
            oldest.remove();
          }
        }
      }
    }

    private static boolean isThere(CompletableFuture<?> value) {
      return value.isDone() && !value.isCompletedExceptionally();
    }

    private long size(CompletableFuture<T> value) {
      return size.applyAsLong(value.join());
    }
  }
}

package org.firstpass.arrival;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.firstpass.arrival.ImportReport.Refusal;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;

/** Brings the instances of a folder in through the same door as an association does. */
public final class FolderImport {
  private static final int THREADS = 4;
  private static final int PREAMBLE_BYTES = 128;
  private static final byte[] MAGIC = {'D', 'I', 'C', 'M'};

  private final InstanceReceiver receiver;

  public FolderImport(InstanceReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Walks the folder and all below it. Files that are no DICOM are counted and skipped; files
   * without a preamble are taken if they can be read as a data set.
   *
   * @param progress is told the number of files that are done, from several threads
   * @throws TryAgainLater if the store is full or the database away; what was stored stays
   */
  public ImportReport run(Path folder, IntConsumer progress) {
    List<Path> files = files(folder);
    var run = new Run(progress);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> imports =
          files.stream().<Future<?>>map(file -> threads.submit(() -> run.take(file))).toList();
      for (Future<?> one : imports) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FirstpassFailure known) {
        throw known;
      }
      throw new IllegalStateException("a file could not be imported", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    return run.report();
  }

  /** How many files a run will look at. */
  public static int count(Path folder) {
    return files(folder).size();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder cannot be read", e);
    }
  }

  /** The counts of one run. */
  private final class Run {
    private final IntConsumer progress;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    Run(IntConsumer progress) {
      this.progress = progress;
    }

    void take(Path file) {
      try {
        IncomingInstance instance = IncomingInstance.ofFile(() -> Files.newInputStream(file));
        try (InputStream content = instance.part10()) {
          receiver.receive(instance);
        }
        stored.incrementAndGet();
      } catch (StudyRefused e) {
        refuse(file, e);
      } catch (IOException e) {
        throw new UncheckedIOException("a file cannot be closed", e);
      }
      progress.accept(done.incrementAndGet());
    }

    // A DICOMDIR is DICOM, but no instance; without the magic word it is no DICOM at all.
    private void refuse(Path file, StudyRefused refusal) {
      boolean noInstance =
          refusal.code() == ReasonCode.NOT_AN_IMAGE
              || refusal.code() == ReasonCode.MALFORMED_INSTANCE && !hasMagic(file);
      if (noInstance) {
        skipped.incrementAndGet();
      } else {
        refusals.add(new Refusal(file, refusal.code(), String.valueOf(refusal.getMessage())));
      }
    }

    ImportReport report() {
      List<Refusal> sorted = refusals.stream().sorted(Comparator.comparing(Refusal::file)).toList();
      return new ImportReport(stored.get(), skipped.get(), sorted);
    }
  }

  private static boolean hasMagic(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(PREAMBLE_BYTES + MAGIC.length);
      return head.length == PREAMBLE_BYTES + MAGIC.length
          && Arrays.equals(head, PREAMBLE_BYTES, head.length, MAGIC, 0, MAGIC.length);
    } catch (IOException e) {
      return false;
    }
  }
}

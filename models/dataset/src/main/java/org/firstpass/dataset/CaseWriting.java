package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** Writes cases side by side. Memory is bounded by the number of threads, not of cases. */
final class CaseWriting {
  /** Each thread holds one image; a third one would wait for the disk more than it would help. */
  private static final int THREADS = 2;

  private final CaseWriter writer;
  private final ExportProgress progress;

  CaseWriting(CaseWriter writer, ExportProgress progress) {
    this.writer = writer;
    this.progress = progress;
  }

  /** The outcome of every case. The first failure stops the rest and is thrown. */
  List<CaseOutcome> all(List<PlannedCase> cases) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      var writing = new ExecutorCompletionService<CaseOutcome>(threads);
      for (PlannedCase planned : cases) {
        writing.submit(() -> writer.write(planned));
      }
      var outcomes = new ArrayList<CaseOutcome>();
      progress.cases(0, cases.size());
      while (outcomes.size() < cases.size()) {
        outcomes.add(writing.take().get());
        progress.cases(outcomes.size(), cases.size());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the export was interrupted");
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      stop(threads);
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    if (failure.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return new Defect(ReasonCode.UNEXPECTED, "a case could not be written", failure);
  }

  // Nobody may write into the staging folder any more when it is removed.
  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.firstpass.dicom;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Work on many instances at once, as many threads as processors.
 *
 * <p>The first failure in list order is thrown, whichever came first in time, so that a series is
 * always refused with the same words.
 */
final class InParallel {
  private InParallel() {}

  static <T> void forEach(List<T> items, Consumer<T> work) {
    var pool = new ForkJoinPool(Math.min(items.size(), Runtime.getRuntime().availableProcessors()));
    try {
      List<FirstpassFailure> failures =
          pool.submit(() -> items.parallelStream().flatMap(item -> failureOf(item, work)).toList())
              .get();
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Defect(ReasonCode.UNEXPECTED, "interrupted while reading a series", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> Stream<FirstpassFailure> failureOf(T item, Consumer<T> work) {
    try {
      work.accept(item);
      return Stream.empty();
    } catch (FirstpassFailure e) {
      return Stream.of(e);
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new Defect(ReasonCode.UNEXPECTED, "reading a series failed", cause);
  }
}

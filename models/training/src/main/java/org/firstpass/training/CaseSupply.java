package org.firstpass.training;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the cases of a plan a few steps ahead, in one thread, and keeps them for the next turn. */
final class CaseSupply implements AutoCloseable {
  private static final int AHEAD = 3;

  private final TrainingPlan plan;
  private final Map<Long, CompletableFuture<PhantomCase>> cases = new ConcurrentHashMap<>();
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "phantom-cases");
            thread.setDaemon(true);
            return thread;
          });

  CaseSupply(TrainingPlan plan) {
    this.plan = plan;
  }

  PhantomCase of(int step) {
    for (int ahead = 0; ahead <= AHEAD; ahead++) {
      cases.computeIfAbsent(
          plan.caseSeed(step + ahead),
          seed -> CompletableFuture.supplyAsync(() -> PhantomCase.of(seed), maker));
    }
    CompletableFuture<PhantomCase> wanted = cases.get(plan.caseSeed(step));
    if (wanted == null) {
      throw new IllegalStateException("no case was begun for step " + step);
    }
    return wanted.join();
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}

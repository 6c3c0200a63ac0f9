package org.firstpass.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.InferenceMetrics.Stage;
import org.firstpass.prepare.NetworkInput;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one grid through the network, several at a time.
 *
 * <p>Each caller gathers a window and runs the network on it. Whoever finishes the window that is
 * next in the plan's order blends it and those already waiting behind it, while the others go on.
 * So the sums do not depend on which thread was faster, and nobody waits as long as a spare call is
 * left.
 */
final class WindowRun {
  /** Finished windows that may wait for an earlier one before callers have to. */
  private static final int SPARE_CALLS = 1;

  private final NetworkInput input;
  private final WindowPlan plan;
  private final WindowBlend blend;
  private final float padding;
  private final InferenceMetrics metrics;
  private final BlockingQueue<NetworkCall> free = new LinkedBlockingQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, NetworkCall> finished = new HashMap<>();
  private int nextToBlend;
  private boolean blending;

  WindowRun(
      NetworkInput input,
      WindowPlan plan,
      WindowBlend blend,
      float padding,
      InferenceMetrics metrics) {
    this.input = input;
    this.plan = plan;
    this.blend = blend;
    this.padding = padding;
    this.metrics = metrics;
  }

  /** How many calls keep this many callers busy. */
  static int callsFor(int callers) {
    return callers == 1 ? 1 : callers + SPARE_CALLS;
  }

  /**
   * Runs every window and returns when all are blended.
   *
   * @throws Defect if the network failed on one of them
   */
  void run(List<NetworkCall> calls, int callers) {
    free.addAll(calls);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            callers,
            task -> {
              var thread = new Thread(task, "firstpass-inference");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        running.add(threads.submit(this::work));
      }
      awaitAll(running, threads);
    } finally {
      stop(threads);
    }
  }

  private static void awaitAll(List<Future<?>> running, ExecutorService threads) {
    RuntimeException failure = null;
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        // The first failure counts; the others are only its echo.
        failure = failure == null ? failureOf(e.getCause()) : failure;
        threads.shutdownNow();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Defect(ReasonCode.INFERENCE_FAILED, "the run was interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException failureOf(@Nullable Throwable cause) {
    if (cause instanceof FirstpassFailure known) {
      return known;
    }
    return new Defect(ReasonCode.INFERENCE_FAILED, "a window failed: " + cause, cause);
  }

  /** Native memory may only be freed when no thread is inside the runtime any more. */
  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (true) {
        // First the call, then the window: the earliest window always has a call and moves on.
        NetworkCall call = free.take();
        int window = next.getAndIncrement();
        if (window >= plan.starts().size()) {
          free.add(call);
          return;
        }
        runWindow(call, plan.starts().get(window));
        hand(window, call);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Defect(ReasonCode.INFERENCE_FAILED, "the run was interrupted", e);
    }
  }

  private void runWindow(NetworkCall call, WindowPlan.Start start) {
    long began = System.nanoTime();
    WindowBlend.gather(
        input.values(), input.grid().size(), plan, start, new WindowBlend.Target(call, padding));
    long gathered = System.nanoTime();
    call.run();
    metrics.stage(Stage.GATHER, gathered - began);
    metrics.stage(Stage.NETWORK, System.nanoTime() - gathered);
  }

  private void hand(int window, NetworkCall call) {
    synchronized (finished) {
      finished.put(window, call);
      if (blending) {
        return;
      }
      blending = true;
    }
    while (true) {
      NetworkCall due;
      int index;
      synchronized (finished) {
        due = finished.remove(nextToBlend);
        if (due == null) {
          blending = false;
          return;
        }
        index = nextToBlend++;
      }
      long began = System.nanoTime();
      blend.add(plan.starts().get(index), due);
      metrics.stage(Stage.BLEND, System.nanoTime() - began);
      free.add(due);
    }
  }
}

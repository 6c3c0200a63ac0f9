package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.InferenceMetrics.Stage;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.SlabSink;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one grid through the network, several at a time, and out of it slab by slab.
 *
 * <p>Callers gather windows and run the network on them, as many at once as the shape of execution
 * says; with a spare pair of tensors one fills while the others run. One thread blends the calls
 * that are done, in the schedule's order, so the result does not depend on which was faster. The
 * thread that runs it all hands final slabs to the sink. Each of the three waits for the next when
 * that one is behind, so what is under way is bounded. For one run; not used again.
 */
final class WindowRun {
  private final ModelManifest manifest;
  private final List<NetworkSession> networks;
  private final ExecutionShape shape;
  private final RunLimits limits;
  private final InferenceMetrics metrics;
  private final WindowGather gather;
  private final WindowPlan plan;
  private final WindowSchedule schedule;
  private final @Nullable BlendPlan blendPlan;
  private final @Nullable WindowBlend blend;
  private final Blending blending;
  private final BlockingQueue<NetworkCall> free = new LinkedBlockingQueue<>();
  private final InOrder<NetworkCall> done = new InOrder<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Semaphore turns;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Final blocks; an empty one says that no more come, or that something failed. */
  private final BlockingQueue<Optional<SliceBlock>> blocks = new LinkedBlockingQueue<>();

  WindowRun(LoadedGraphs graphs, RunLimits limits, InferenceMetrics metrics, NetworkInput input) {
    this.manifest = graphs.manifest();
    this.networks = graphs.networks();
    this.shape = graphs.shape();
    this.limits = limits;
    this.metrics = metrics;
    var size = input.grid().size();
    this.plan = WindowPlan.of(size, manifest);
    this.gather = new WindowGather(input, manifest, plan.window());
    int batch = graphs.takesBatches() ? limits.batch(manifest, plan.window(), shape) : 1;
    this.schedule = WindowSchedule.of(manifest, plan, gather, batch);
    this.turns = new Semaphore(shape.callers(), true);
    this.blendPlan =
        manifest.segments()
            ? BlendPlan.of(manifest, size, plan, schedule.passes(), limits.blendBytes())
            : null;
    this.blend =
        blendPlan == null
            ? null
            : new WindowBlend(blendPlan, block -> blocks.add(Optional.of(block)));
    this.blending = new Blending(manifest, plan.window(), schedule, blend);
  }

  /**
   * Runs every window and returns when the sink has had every slab.
   *
   * @throws Defect if the network failed on one of them, INFERENCE_TIMED_OUT if it took too long;
   *     then nothing of it runs any more, and its memory is free
   */
  NetworkAnswer run(SlabSink sink) {
    List<NetworkCall> calls = new ArrayList<>();
    ExecutorService threads = null;
    try {
      addCalls(calls);
      free.addAll(calls);
      threads = Executors.newFixedThreadPool(calls.size() + 1, WindowRun::thread);
      for (int caller = 0; caller < calls.size(); caller++) {
        threads.execute(() -> guarded(this::work));
      }
      threads.execute(() -> guarded(this::blendAll));
      handOver(sink, limits.deadline());
      return new NetworkAnswer(
          blending.findings(), plan.starts().size(), schedule.skipped().size());
    } finally {
      stop(threads, calls);
    }
  }

  private void addCalls(List<NetworkCall> calls) {
    int batch = schedule.calls().stream().mapToInt(each -> each.items().size()).max().orElse(0);
    int most = limits.calls(manifest, plan.window(), batch, shape);
    for (int i = 0; i < Math.min(most, schedule.calls().size()); i++) {
      calls.add(new NetworkCall(networks.get(0), manifest, plan.window(), batch));
    }
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "firstpass-inference");
    thread.setDaemon(true);
    return thread;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** The first failure counts; the others are only its echo. */
  private void guarded(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      blocks.add(Optional.empty());
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      // First the tensors, then the call: the earliest one always has tensors and moves on.
      long began = System.nanoTime();
      NetworkCall call = free.take();
      int index = next.getAndIncrement();
      if (index >= schedule.calls().size()) {
        free.add(call);
        return;
      }
      WindowSchedule.Call planned = schedule.calls().get(index);
      long taken = System.nanoTime();
      gather(planned, call);
      long gathered = System.nanoTime();
      turns.acquire();
      long entered = System.nanoTime();
      try {
        call.run(networks.get(planned.network()), planned.items().size());
      } finally {
        turns.release();
      }
      metrics.stage(Stage.NETWORK, System.nanoTime() - entered);
      metrics.stage(Stage.GATHER, gathered - taken);
      metrics.stage(Stage.WAIT, taken - began + entered - gathered);
      done.put(index, call);
    }
  }

  private void gather(WindowSchedule.Call planned, NetworkCall call) {
    int perWindow = Math.toIntExact(call.tensor().inputValues());
    for (int place = 0; place < planned.items().size(); place++) {
      WindowSchedule.Item item = planned.items().get(place);
      WindowPlan.Start start = plan.starts().get(item.window());
      gather.gather(start, item.mirror(), call.input(), place * perWindow);
    }
  }

  private void blendAll() throws InterruptedException {
    for (WindowSchedule.Call planned : schedule.calls()) {
      NetworkCall call = done.take();
      long began = System.nanoTime();
      blending.add(planned, call);
      metrics.stage(Stage.BLEND, System.nanoTime() - began);
      free.add(call);
    }
    blending.end();
    blocks.add(Optional.empty());
  }

  private void handOver(SlabSink sink, long deadline) {
    float[][] room = blendPlan == null ? new float[0][] : blendPlan.slabRoom();
    while (true) {
      Optional<SliceBlock> block = await(deadline);
      Throwable failed = failure.get();
      if (failed != null) {
        throw failureOf(failed);
      }
      if (block.isEmpty() || blend == null) {
        return;
      }
      long began = System.nanoTime();
      var slab = block.get().slab(room);
      long checked = System.nanoTime();
      sink.accept(slab);
      metrics.stage(Stage.SLAB, checked - began);
      metrics.stage(Stage.SINK, System.nanoTime() - checked);
      blend.giveBack(block.get());
    }
  }

  private Optional<SliceBlock> await(long deadline) {
    try {
      Optional<SliceBlock> block = blocks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (block != null) {
        return block;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Defect(ReasonCode.INFERENCE_FAILED, "the run was interrupted", e);
    }
    throw new Defect(
        ReasonCode.INFERENCE_TIMED_OUT,
        manifest.label()
            + " may take "
            + limits.timeout()
            + " for a series, but had begun only "
            + Math.min(next.get(), schedule.calls().size())
            + " of "
            + schedule.calls().size()
            + " calls by then");
  }

  private static RuntimeException failureOf(Throwable cause) {
    if (cause instanceof FirstpassFailure known) {
      return known;
    }
    boolean memory = cause instanceof OutOfMemoryError;
    return new Defect(
        memory ? ReasonCode.OUT_OF_MEMORY : ReasonCode.INFERENCE_FAILED,
        "a window failed: " + cause,
        cause);
  }

  /** Native memory may only be freed when no thread is inside the runtime any more. */
  private static void stop(@Nullable ExecutorService threads, List<NetworkCall> calls) {
    calls.forEach(NetworkCall::terminate);
    if (threads != null) {
      threads.shutdownNow();
      awaitEnd(threads);
    }
    calls.forEach(NetworkCall::close);
  }

  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.firstpass.inference;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape in which a graph's windows run fastest on this machine by running some: it
 * depends on the graph, the window and the cores, and nobody can know it beforehand.
 *
 * <p>One call first, which warms up and tells what a window takes and needs; then each shape, until
 * time is up. The fastest that fits into the native memory wins; a shape with fewer callers must
 * win clearly, since more callers also gather and blend in parallel.
 */
final class ShapeMeasurement {
  /** How long measuring may go on before the best so far is taken. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** By how much a shape with fewer callers must be faster. */
  private static final double CLEARLY = 1.05;

  /** Rounds of a shape, if a window is so fast that one says little. */
  private static final int ROUNDS = 3;

  private static final double FAST_WINDOW_SECONDS = 0.5;
  private static final double NANOS = 1e9;
  private static final float ANY_VALUE = 0.5f;
  private static final ExecutionShape ALONE = new ExecutionShape(1, 1, 1);

  private final GraphFile graph;
  private final ModelManifest manifest;
  private final GridSize window;
  private final ExecutionSettings settings;
  private final Device device;
  private final int members;
  private final long memory;

  /**
   * @param graphs of the package; they are alike, so the first is measured
   * @param memory for all callers together, in bytes; 0 if not known
   */
  ShapeMeasurement(
      List<GraphFile> graphs,
      ModelManifest manifest,
      GridSize window,
      ExecutionSettings settings,
      Device device,
      long memory) {
    this.graph = graphs.get(0);
    this.manifest = manifest;
    this.window = window;
    this.settings = settings;
    this.device = device;
    this.members = graphs.size();
    this.memory = memory;
  }

  private record First(double seconds, long bytes) {}

  /**
   * The fastest shape, never more callers than memory has room for.
   *
   * @param batch the most windows that the package may be given at once
   * @throws Defect if the graph cannot run even once
   */
  MeasuredShape fastest(int batch) {
    long began = System.nanoTime();
    First first = first();
    MeasuredShape best = null;
    for (ExecutionShape shape : ExecutionShape.candidates(device, settings.threads(), batch)) {
      ExecutionShape fitting = shape.within(memory, first.bytes());
      boolean late = System.nanoTime() - began > PATIENCE.toNanos();
      if (best != null && (late || !fitting.equals(shape))) {
        continue;
      }
      OptionalDouble rate = rate(fitting, first);
      if (rate.isPresent()
          && (best == null || rate.getAsDouble() > best.windowsPerSecond() * CLEARLY)) {
        best = measured(fitting, rate.getAsDouble(), first);
      }
    }
    // If every shape ran out of memory but for the one call, that one is left.
    return best == null ? measured(ALONE, 1 / first.seconds(), first) : best;
  }

  private MeasuredShape measured(ExecutionShape shape, double rate, First first) {
    return new MeasuredShape(settings.threads(), shape, rate, first.bytes());
  }

  private First first() {
    try (NetworkSession session = open(1)) {
      OptionalLong before = NativeHeap.residentBytes();
      try (var call = call(session, 1)) {
        call.run();
        OptionalLong after = NativeHeap.residentBytes();
        long began = System.nanoTime();
        call.run();
        double seconds = Math.max(1, System.nanoTime() - began) / NANOS;
        return new First(seconds, members * bytes(before, after));
      }
    }
  }

  /** What a window takes; when others have had the memory gathered already, what it may take. */
  private long bytes(OptionalLong before, OptionalLong after) {
    if (before.isEmpty() || after.isEmpty()) {
      return 0;
    }
    WindowTensor tensor = WindowTensor.of(manifest, window);
    long tensors = Float.BYTES * (tensor.inputValues() + tensor.outputValues());
    long growth = after.getAsLong() - before.getAsLong();
    return growth >= tensors ? growth : tensors + RunLimits.workingBytes(window);
  }

  private NetworkCall call(NetworkSession session, int batch) {
    var call = new NetworkCall(session, manifest, window, batch);
    FloatBuffer input = call.input();
    // Memory that was never written holds anything, numbers that are slow to compute with too.
    for (int i = 0; i < input.capacity(); i++) {
      input.put(i, ANY_VALUE);
    }
    return call;
  }

  private NetworkSession open(int threads) {
    return NetworkSession.open(graph, new SessionKind(device, settings.options(), threads, true));
  }

  /** Windows per second; empty if there is no memory for this shape. */
  private OptionalDouble rate(ExecutionShape shape, First first) {
    int rounds = first.seconds() < FAST_WINDOW_SECONDS ? ROUNDS : 1;
    List<NetworkCall> calls = new ArrayList<>();
    try (NetworkSession session = open(shape.sessionThreads())) {
      try {
        for (int caller = 0; caller < shape.callers(); caller++) {
          calls.add(call(session, shape.batch()));
        }
        // The first round gathers the memory that the later ones use again.
        together(calls, 1);
        if (rounds == 1) {
          // What large windows were measured with must not lie beside what the next shape takes.
          calls.forEach(NetworkCall::keepNoMemory);
        }
        long began = System.nanoTime();
        together(calls, rounds);
        double seconds = Math.max(1, System.nanoTime() - began) / NANOS;
        return OptionalDouble.of(rounds * shape.callers() * shape.batch() / seconds);
      } finally {
        calls.forEach(NetworkCall::close);
      }
    } catch (Defect e) {
      if (e.code() == ReasonCode.OUT_OF_MEMORY) {
        return OptionalDouble.empty();
      }
      throw e;
    }
  }

  private static void together(List<NetworkCall> calls, int rounds) {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Callable<@Nullable Void>> tasks = new ArrayList<>();
      for (NetworkCall call : calls) {
        tasks.add(
            () -> {
              for (int round = 0; round < rounds; round++) {
                call.run();
              }
              return null;
            });
      }
      // Waits for all, so that no call is closed while it runs.
      for (Future<?> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FirstpassFailure known) {
        throw known;
      }
      throw new Defect(ReasonCode.INFERENCE_FAILED, "the network cannot be warmed up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Defect(ReasonCode.INFERENCE_FAILED, "the warm-up was interrupted", e);
    } finally {
      threads.shutdown();
    }
  }
}

package org.firstpass.inference;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.event.PackageReference;
import org.jspecify.annotations.Nullable;

/**
 * How long packages take on this machine: seconds per megavoxel of the network's grid, for each
 * package and device. First measured when the package is warmed up, then learned from every run;
 * the median of the last runs counts, so that one slow run does not matter.
 *
 * <p>Also knows in which shape a package runs fastest, so that it is measured once. Safe for use by
 * many threads.
 */
public final class CostModel {
  /** Runs that are remembered per package and device. */
  private static final int REMEMBERED = 15;

  private static final double MEGAVOXEL = 1e6;
  private static final double NANOS = 1e9;

  private final @Nullable CostFile file;
  private final Map<String, PackageCost> costs = new TreeMap<>();
  private @Nullable CostMetrics metrics;

  private CostModel(@Nullable CostFile file) {
    this.file = file;
    if (file != null) {
      file.read().forEach(cost -> costs.put(cost.key(), cost));
    }
  }

  /** One that forgets with the process. */
  public static CostModel inMemory() {
    return new CostModel(null);
  }

  /**
   * One that is kept in a file: what it says is known from the start, a file that is damaged is
   * left out with a warning, and it is written anew, whole or not at all, whenever something was
   * learned.
   */
  public static CostModel at(Path file) {
    return new CostModel(new CostFile(file));
  }

  /** Shows what is known as a gauge per package and device. */
  public synchronized void bindTo(MeterRegistry registry) {
    metrics = new CostMetrics(registry);
    metrics.show(costs.values());
  }

  /** What a series of this many voxels on the network's grid will take, if that is known. */
  public synchronized Optional<Duration> expected(
      PackageReference model, Device device, long voxels) {
    return secondsPerMegavoxel(model, device)
        .map(seconds -> Duration.ofNanos((long) (seconds * voxels / MEGAVOXEL * NANOS)));
  }

  /** Seconds per million voxels of the network's grid, if that is known. */
  public synchronized Optional<Double> secondsPerMegavoxel(PackageReference model, Device device) {
    return Optional.ofNullable(costs.get(PackageCost.key(model, device)))
        .flatMap(PackageCost::secondsPerMegavoxel);
  }

  /** Learns from a run over a series, done with the cores that a series has. */
  public synchronized void learn(
      PackageReference model, Device device, long voxels, Duration taken) {
    if (voxels < 1) {
      throw new IllegalArgumentException("voxels must be at least 1, but is " + voxels);
    }
    double seconds = taken.toNanos() / NANOS / (voxels / MEGAVOXEL);
    PackageCost cost = cost(model, device);
    List<Double> runs = new ArrayList<>(cost.runs());
    runs.add(seconds);
    put(cost.withRuns(runs.subList(Math.max(0, runs.size() - REMEMBERED), runs.size())));
  }

  /** What the warm-up found; counts until there is a run. */
  synchronized void estimate(PackageReference model, Device device, double secondsPerMegavoxel) {
    put(cost(model, device).withEstimate(secondsPerMegavoxel));
  }

  /** What the callers of the fastest shape take beside the heap, if that was measured. */
  public synchronized Optional<Long> nativeBytes(PackageReference model, Device device, int cores) {
    return shape(model, device, cores)
        .filter(measured -> measured.bytesPerCaller() > 0)
        .map(measured -> measured.shape().callers() * measured.bytesPerCaller());
  }

  /** The shape that was measured as the fastest on so many cores. */
  synchronized Optional<MeasuredShape> shape(PackageReference model, Device device, int cores) {
    return cost(model, device).shapes().stream()
        .filter(shape -> shape.cores() == cores)
        .findFirst();
  }

  synchronized void remember(PackageReference model, Device device, MeasuredShape measured) {
    PackageCost cost = cost(model, device);
    List<MeasuredShape> shapes = new ArrayList<>(cost.shapes());
    shapes.removeIf(shape -> shape.cores() == measured.cores());
    shapes.add(measured);
    put(cost.withShapes(shapes));
  }

  private PackageCost cost(PackageReference model, Device device) {
    PackageCost known = costs.get(PackageCost.key(model, device));
    return known == null ? PackageCost.unknown(model, device) : known;
  }

  private void put(PackageCost cost) {
    costs.put(cost.key(), cost);
    if (file != null) {
      file.write(List.copyOf(costs.values()));
    }
    if (metrics != null) {
      metrics.show(costs.values());
    }
  }
}

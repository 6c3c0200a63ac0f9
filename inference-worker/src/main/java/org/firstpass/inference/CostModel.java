package org.firstpass.inference;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.event.PackageReference;

/**
 * How long packages take on this machine, learned from every run: seconds per megavoxel of the
 * network's grid. Safe for use by many threads.
 */
public final class CostModel {
  private final Map<String, Double> secondsPerMegavoxel = new HashMap<>();

  private CostModel() {}

  /** One that forgets with the process. */
  public static CostModel inMemory() {
    return new CostModel();
  }

  /** What a series of this many voxels on the network's grid will take, if that is known. */
  public synchronized Optional<Duration> expected(
      PackageReference model, Device device, long voxels) {
    return Optional.ofNullable(secondsPerMegavoxel.get(model.digest() + device.label()))
        .map(seconds -> Duration.ofNanos((long) (seconds * voxels * 1e3)));
  }

  /** Learns from a run over a series. */
  public synchronized void learn(
      PackageReference model, Device device, long voxels, Duration taken) {
    secondsPerMegavoxel.put(
        model.digest() + device.label(), taken.toNanos() / 1e3 / Math.max(1, voxels));
  }
}

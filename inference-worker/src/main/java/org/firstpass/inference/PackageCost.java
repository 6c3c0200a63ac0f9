package org.firstpass.inference;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import org.firstpass.event.PackageReference;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one package on one device.
 *
 * @param estimate seconds per megavoxel as the warm-up found, null if it was not measured
 * @param runs seconds per megavoxel of the last runs, the latest last
 * @param shapes the fastest, for each number of cores
 */
record PackageCost(
    String name,
    String version,
    Sha256 digest,
    Device device,
    @Nullable Double estimate,
    List<Double> runs,
    List<MeasuredShape> shapes) {
  PackageCost {
    runs = runs == null ? List.of() : List.copyOf(runs);
    shapes = shapes == null ? List.of() : List.copyOf(shapes);
    if (name == null || version == null || digest == null || device == null) {
      throw new IllegalArgumentException("a cost needs name, version, digest and device");
    }
    if (runs.stream().anyMatch(seconds -> !(seconds >= 0))
        || (estimate != null && !(estimate >= 0))) {
      throw new IllegalArgumentException("seconds per megavoxel must not be negative: " + name);
    }
  }

  static PackageCost unknown(PackageReference model, Device device) {
    return new PackageCost(
        model.name(), model.version(), model.digest(), device, null, List.of(), List.of());
  }

  static String key(PackageReference model, Device device) {
    return model.digest() + " " + device.label();
  }

  String key() {
    return digest + " " + device.label();
  }

  /** The median of the runs, or what the warm-up found. */
  @JsonIgnore
  Optional<Double> secondsPerMegavoxel() {
    if (runs.isEmpty()) {
      return Optional.ofNullable(estimate);
    }
    List<Double> sorted = runs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  PackageCost withRuns(List<Double> other) {
    return new PackageCost(name, version, digest, device, estimate, other, shapes);
  }

  PackageCost withEstimate(double other) {
    return new PackageCost(name, version, digest, device, other, runs, shapes);
  }

  PackageCost withShapes(List<MeasuredShape> other) {
    return new PackageCost(name, version, digest, device, estimate, runs, other);
  }
}

package org.firstpass.training.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.calibration.HeldOutRun;
import org.firstpass.model.ModelPackage;
import org.firstpass.volume.LabelMap;

/**
 * How well a package does on cases for validation, by the worker's own way there and back.
 *
 * @param dice of each segment by its number, the mean over the cases that have it or were said to
 */
record Validation(Map<Integer, Double> dice) {
  /** Without cases nothing is measured. */
  static final Validation NONE = new Validation(Map.of());

  Validation {
    dice = Map.copyOf(dice);
  }

  static Validation of(ModelPackage model, List<HeldOutCase> cases, int threads) {
    Map<Integer, List<Double>> found = new TreeMap<>();
    try (HeldOutRun run = HeldOutRun.open(model, null, threads)) {
      for (HeldOutCase one : cases) {
        HeldOutRun.Outcome outcome = run.propose(one);
        dice(outcome.reference(), outcome.proposed())
            .forEach(
                (number, dice) -> found.computeIfAbsent(number, n -> new ArrayList<>()).add(dice));
      }
    }
    var means = new TreeMap<Integer, Double>();
    found.forEach(
        (number, all) ->
            means.put(number, all.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
    return new Validation(means);
  }

  /** 2 |A and B| / (|A| + |B|) of each segment that either has. */
  private static Map<Integer, Double> dice(LabelMap reference, LabelMap proposed) {
    long[] expected = reference.histogram();
    long[] found = proposed.histogram();
    var both = new long[Math.max(expected.length, found.length)];
    int voxels = reference.geometry().size().voxels();
    for (int i = 0; i < voxels; i++) {
      int label = reference.labelAt(i);
      if (label == proposed.labelAt(i)) {
        both[label]++;
      }
    }
    var dice = new TreeMap<Integer, Double>();
    for (int label = 1; label < both.length; label++) {
      long either = at(expected, label) + at(found, label);
      if (either > 0) {
        dice.put(label, 2.0 * both[label] / either);
      }
    }
    return dice;
  }

  private static long at(long[] histogram, int label) {
    return label < histogram.length ? histogram[label] : 0;
  }

  /** The mean over the segments. */
  double mean() {
    return dice.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}

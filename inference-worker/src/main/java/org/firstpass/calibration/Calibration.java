package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.calibration.VoxelSamples.Sample;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;

/**
 * What held-out cases tell of a package: a temperature for its probabilities, what is usual of its
 * segments, and how likely a proposed segment is acceptable.
 *
 * <p>The cases, by name, are split alternately into two halves. What is fitted on one half is
 * judged on the other, and those figures are told; what goes into the package is fitted in the same
 * way on all of them. The same cases and package give the same outcome, so far as the network's
 * answers are the same.
 *
 * @param spec with the expected calibration error of the quality
 * @param expected shapes by segment number
 * @param voxels how well probabilities held
 * @param quality how well qualities held
 * @param cases names of those that were used
 * @param leftOut why cases were not used, by name
 */
public record Calibration(
    CalibrationSpec spec,
    Map<Integer, ExpectedShape> expected,
    VoxelFigures voxels,
    QualityFigures quality,
    List<String> cases,
    Map<String, String> leftOut) {
  /** Fewer cannot be split into halves that say anything. */
  public static final int FEWEST_CASES = 4;

  private static final int HALVES = 2;
  private static final int ALL = 2;
  private static final int VOXELS_PER_CASE = 20_000;

  /** Values that are kept of all cases together: 200 MB. */
  private static final long MOST_VALUES = 50_000_000;

  private static final double DIGITS = 1e4;

  public Calibration {
    expected = Map.copyOf(expected);
    cases = List.copyOf(cases);
    leftOut = Map.copyOf(leftOut);
  }

  /**
   * How to calibrate.
   *
   * @param acceptableDice from which Dice on a segment counts as acceptable
   * @param coarse the package that looks for the region first, null if there is none
   * @param threads cores that a run may use
   */
  public record Settings(double acceptableDice, @Nullable ModelPackage coarse, int threads) {}

  /** Told after each case of each of the two passes. */
  public interface Progress {
    void done(int pass, String caseName);
  }

  /**
   * Runs the package over the cases, twice.
   *
   * @throws IllegalArgumentException if there are too few cases, or one cannot be used at all
   */
  public static Calibration of(
      ModelPackage model, List<HeldOutCase> cases, Settings settings, Progress progress) {
    if (!model.manifest().segments()) {
      throw new IllegalArgumentException(model.label() + " marks no segments to be calibrated");
    }
    List<HeldOutCase> ordered =
        cases.stream().sorted(Comparator.comparing(HeldOutCase::name)).toList();
    requireEnough(ordered.size(), Map.of());
    if (ordered.stream().map(HeldOutCase::name).distinct().count() < ordered.size()) {
      throw new IllegalArgumentException("cases must have different names");
    }
    try (CaseRun run = CaseRun.open(model, settings.coarse(), settings.threads())) {
      return new Fit(run, model, settings, progress).of(ordered);
    }
  }

  /**
   * Runs a calibrated package over cases that it was not calibrated on, and judges its qualities.
   *
   * @throws IllegalArgumentException if the package is not calibrated
   */
  public static QualityFigures check(
      ModelPackage model, List<HeldOutCase> cases, Settings settings, Progress progress) {
    CalibrationSpec calibration = model.manifest().calibration();
    if (calibration == null) {
      throw new IllegalArgumentException(model.label() + " is not calibrated");
    }
    List<QualityFigures.Stated> stated = new ArrayList<>();
    try (CaseRun run = CaseRun.open(model, settings.coarse(), settings.threads())) {
      for (HeldOutCase held : cases) {
        for (SegmentMeasure measure : run.measure(held, List.of(calibration.temperature()))) {
          stated.add(QualityFigures.stated(measure));
        }
        progress.done(1, held.name());
      }
    }
    return QualityFigures.of(stated, calibration.acceptableDice());
  }

  private static void requireEnough(int cases, Map<String, String> leftOut) {
    if (cases < FEWEST_CASES) {
      throw new IllegalArgumentException(
          "a calibration needs "
              + FEWEST_CASES
              + " cases at least, but has "
              + cases
              + (leftOut.isEmpty() ? "" : "; left out: " + leftOut));
    }
  }

  /** One calibration while it is made. */
  private static final class Fit {
    private final CaseRun run;
    private final VoxelLikelihood likelihood;
    private final Settings settings;
    private final Progress progress;
    private final int channels;
    private final Map<String, String> leftOut = new TreeMap<>();

    Fit(CaseRun run, ModelPackage model, Settings settings, Progress progress) {
      this.run = run;
      this.likelihood = new VoxelLikelihood(model.manifest());
      this.settings = settings;
      this.progress = progress;
      this.channels = model.manifest().output().channels();
    }

    Calibration of(List<HeldOutCase> all) {
      Map<HeldOutCase, List<Sample>> samples = samples(all);
      List<HeldOutCase> cases = List.copyOf(samples.keySet());
      requireEnough(cases.size(), leftOut);
      List<List<Sample>> halves = List.of(new ArrayList<>(), new ArrayList<>());
      List<Sample> whole = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        List<Sample> ofCase = samples.getOrDefault(cases.get(i), List.of());
        halves.get(i % HALVES).addAll(ofCase);
        whole.addAll(ofCase);
      }
      List<Double> temperatures =
          List.of(
              Temperature.fit(likelihood, halves.get(0)),
              Temperature.fit(likelihood, halves.get(1)),
              Temperature.fit(likelihood, whole));
      VoxelFigures voxels = VoxelFigures.of(likelihood, halves, temperatures);
      return fitted(cases, temperatures, voxels);
    }

    private Calibration fitted(
        List<HeldOutCase> cases, List<Double> temperatures, VoxelFigures voxels) {
      List<List<SegmentMeasure>> halves = List.of(new ArrayList<>(), new ArrayList<>());
      List<SegmentMeasure> whole = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        List<SegmentMeasure> ofCase = run.measure(cases.get(i), temperatures);
        halves.get(i % HALVES).addAll(ofCase);
        whole.addAll(ofCase);
        progress.done(2, cases.get(i).name());
      }
      double acceptable = settings.acceptableDice();
      List<QualityFigures.Stated> stated = new ArrayList<>();
      for (int half = 0; half < HALVES; half++) {
        QualityModel model =
            QualityModel.fit(halves.get(half), temperatures.get(half), half, acceptable);
        stated.addAll(QualityFigures.stated(model, halves.get(1 - half)));
      }
      QualityFigures quality = QualityFigures.of(stated, acceptable);
      QualityModel model = QualityModel.fit(whole, temperatures.get(ALL), ALL, acceptable);
      return new Calibration(
          withError(model.spec(), quality.reliability().expectedCalibrationError()),
          model.expected(),
          voxels,
          quality,
          cases.stream().map(HeldOutCase::name).toList(),
          leftOut);
    }

    private Map<HeldOutCase, List<Sample>> samples(List<HeldOutCase> all) {
      long fitting = MOST_VALUES / Math.max(1, (long) channels * all.size());
      int most = (int) Math.max(1, Math.min(VOXELS_PER_CASE, fitting));
      Map<HeldOutCase, List<Sample>> samples =
          new TreeMap<>(Comparator.comparing(HeldOutCase::name));
      for (HeldOutCase held : all) {
        try {
          samples.put(held, run.samples(held, most));
        } catch (StudyRefused refused) {
          leftOut.put(held.name(), refused.code().code() + " " + refused.getMessage());
        }
        progress.done(1, held.name());
      }
      return samples;
    }

    private static CalibrationSpec withError(CalibrationSpec spec, double error) {
      return new CalibrationSpec(
          spec.temperature(),
          spec.acceptableDice(),
          spec.intercept(),
          spec.entropy(),
          spec.disagreement(),
          spec.warning(),
          Math.rint(error * DIGITS) / DIGITS,
          spec.cases());
    }
  }
}

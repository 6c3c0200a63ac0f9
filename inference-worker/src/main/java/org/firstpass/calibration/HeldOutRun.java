package org.firstpass.calibration;

import java.util.List;
import org.firstpass.event.SegmentScore;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.volume.LabelMap;
import org.jspecify.annotations.Nullable;

/**
 * A package in memory that proposes segments for held-out cases as the worker does, so that what it
 * proposes can be measured against their reference labels. One thread at a time.
 */
public final class HeldOutRun implements AutoCloseable {
  private static final int VOXELS_PER_CASE = 20_000;

  private final CaseRun run;
  private final double temperature;

  private HeldOutRun(CaseRun run, double temperature) {
    this.run = run;
    this.temperature = temperature;
  }

  /**
   * What came of one case.
   *
   * @param reference of the case, by segment number
   * @param proposed on the same grid
   * @param scores what the proposal says of its own segments
   * @param voxels how the network's probabilities held at voxels of the network's grid, drawn
   *     evenly from segments and their rims
   */
  public record Outcome(
      LabelMap reference, LabelMap proposed, List<SegmentScore> scores, Reliability voxels) {
    public Outcome {
      scores = List.copyOf(scores);
    }
  }

  /**
   * Loads a package.
   *
   * @param coarse the package that looks for the region first; null if the package needs none
   * @param threads cores that a run may use
   * @throws IllegalArgumentException if the package marks no segments, or needs another one
   */
  public static HeldOutRun open(ModelPackage model, @Nullable ModelPackage coarse, int threads) {
    if (!model.manifest().segments()) {
      throw new IllegalArgumentException(model.label() + " marks no segments");
    }
    CalibrationSpec calibration = model.manifest().calibration();
    double temperature = calibration == null ? 1 : calibration.temperature();
    return new HeldOutRun(CaseRun.open(model, coarse, threads), temperature);
  }

  /**
   * Proposes segments for a case.
   *
   * @throws org.firstpass.failure.StudyRefused if the package refuses it
   */
  public Outcome propose(HeldOutCase held) {
    return run.propose(held, temperature, VOXELS_PER_CASE);
  }

  @Override
  public void close() {
    run.close();
  }
}

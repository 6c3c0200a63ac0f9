package org.firstpass.inference;

import java.io.IOException;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;

/** The first run of a package that was opened, on its golden input: the next one is not slow. */
final class WarmUp {
  private static final double MEGAVOXEL = 1e6;
  private static final double NANOS = 1e9;

  /** Axes before those of space: items and channels. */
  private static final int LEADING_AXES = 2;

  private WarmUp() {}

  /**
   * Runs every graph once.
   *
   * @return seconds per megavoxel of the golden input, all graphs together; 0 without golden case
   * @throws Defect if a graph cannot run
   */
  static double run(ModelPackage model, List<NetworkSession> sessions) {
    GoldenCase golden = model.manifest().golden();
    if (golden == null) {
      return 0;
    }
    try {
      NpyArray input = NpyArray.read(model.folder().resolve(golden.input()));
      long began = System.nanoTime();
      GoldenCheck.answers(model.manifest(), sessions, input);
      double seconds = (System.nanoTime() - began) / NANOS;
      long voxels =
          input.shape().stream()
              .skip(LEADING_AXES)
              .mapToLong(Integer::longValue)
              .reduce(1, (a, b) -> a * b);
      return seconds / (voxels / MEGAVOXEL);
    } catch (IOException | IllegalArgumentException e) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID, model.label() + ": cannot read " + golden.input(), e);
    }
  }
}

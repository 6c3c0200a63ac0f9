package org.firstpass.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.NpyArray;

/** A piece of a phantom and what PyTorch says to it: what every other runtime has to say too. */
final class GoldenPatch {
  private static final long SEED = 7;

  /**
   * Small, because the answer is kept in the repository; around the upper pole of the left kidney.
   */
  private static final GridSize SIZE = new GridSize(24, 24, 16);

  private GoldenPatch() {}

  static Patch patch() {
    PhantomCase from = PhantomCase.of(SEED);
    GridSize whole = from.size();
    return from.patch(
        SIZE,
        (whole.columns() - SIZE.columns()) / 2 + 4,
        (whole.rows() - SIZE.rows()) / 2,
        (whole.slices() - SIZE.slices()) / 2);
  }

  static void write(Path folder, TrainedNetwork network) throws IOException {
    Path input = folder.resolve(PhantomAbdomen.GOLDEN_INPUT);
    Files.createDirectories(input.getParent());
    Patch patch = patch();
    new NpyArray(shape(1), patch.values()).write(input);
    new NpyArray(shape(PhantomAbdomen.CLASSES), network.forward(patch))
        .write(folder.resolve(PhantomAbdomen.GOLDEN_OUTPUT));
  }

  private static List<Integer> shape(int channels) {
    return List.of(1, channels, SIZE.slices(), SIZE.rows(), SIZE.columns());
  }
}

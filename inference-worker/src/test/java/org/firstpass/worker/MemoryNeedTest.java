package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

/** What a series is held to need before anything of it is read. */
final class MemoryNeedTest {
  private static final GridGeometry LARGE =
      SampleGrid.of(new Orientation("SPL"), new GridSize(512, 512, 1000));
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void aWholeBodyWithTwentyLabelsFitsIntoAWorkerOfEightGibibytes() {
    ModelManifest manifest = twentyLabels(96);
    long bytes = MemoryNeed.bytes(List.of(LARGE), manifest);
    long blending = LoadedNetwork.heapBytes(manifest, LARGE.size());
    // Of one window's depth and 21 classes at least half precision; how much more the heap decides.
    assertTrue(blending >= 96L * 262_144 * 21 * Short.BYTES, blending + " bytes");
    assertEquals(262_144_000L * 14 + blending, bytes);
    assertTrue(bytes < 6 * GIBIBYTE, bytes + " bytes");
  }

  @Test
  void aSecondSeriesNeedsItsOwnRoomAndTheSameSeriesTwiceDoesNot() {
    ModelManifest manifest = twentyLabels(96);
    GridGeometry other = SampleGrid.of(new Orientation("SPL"), new GridSize(512, 512, 500));
    long one = MemoryNeed.bytes(List.of(LARGE), manifest);
    assertEquals(one, MemoryNeed.bytes(List.of(LARGE, LARGE), manifest));
    assertEquals(one + 2 * 131_072_000L, MemoryNeed.bytes(List.of(LARGE, other), manifest));
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatItNeedsAndWhatThereIs() {
    StudyRefused refused =
        assertThrows(
            StudyRefused.class,
            () -> MemoryNeed.require(List.of(LARGE), twentyLabels(96), GIBIBYTE));
    assertEquals(ReasonCode.TOO_LARGE, refused.code());
    assertTrue(refused.getMessage().contains("allowed are 1024 MiB"), refused.getMessage());
  }

  @Test
  void aGridWhoseTensorsDoNotFitBesideTheHeapIsRefused() {
    ModelManifest whole =
        new SampleManifest()
            .windows(new WindowSpec.Whole(1, 0))
            .output(Activation.SOFTMAX, 21)
            .segments(20)
            .draft();
    // One channel in, 21 out, of 262,144,000 voxels in float32.
    long needed = 262_144_000L * 22 * Float.BYTES;
    MemoryNeed.requireNative(LARGE, whole, needed);
    MemoryNeed.requireNative(LARGE, whole, 0);
    StudyRefused refused =
        assertThrows(StudyRefused.class, () -> MemoryNeed.requireNative(LARGE, whole, needed - 1));
    assertEquals(ReasonCode.TOO_LARGE, refused.code());
    assertTrue(refused.getMessage().contains("take 22000 MiB"), refused.getMessage());
  }

  @Test
  void windowsNeedTheSameBesideTheHeapHoweverLargeTheGrid() {
    long window = 96L * 128 * 128 * 22 * Float.BYTES;
    MemoryNeed.requireNative(LARGE, twentyLabels(96), window);
    assertThrows(
        StudyRefused.class, () -> MemoryNeed.requireNative(LARGE, twentyLabels(96), window - 1));
  }

  private static ModelManifest twentyLabels(int depth) {
    return new SampleManifest()
        .windows(
            new WindowSpec.Sliding(
                List.of(depth, 128, 128), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0))
        .output(Activation.SOFTMAX, 21)
        .segments(20)
        .draft();
  }
}

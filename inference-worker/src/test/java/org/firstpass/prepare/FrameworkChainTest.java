package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole chains, there and back, give the numbers of nnU-Net's and MONAI's order of steps: see
 * {@code make_reference.py} beside the numbers, which also says what MONAI's stand for.
 */
final class FrameworkChainTest {
  private static final GridSize SIZE = new GridSize(17, 15, 13);

  /** The reference computes in float64, the result spans 5 to 8. */
  private static final double TOLERANCE = 2e-4;

  /** What the reference leaves open: the border between the crop and its padding. */
  private static final int OPEN = 255;

  @ParameterizedTest
  @CsvSource({
    "nnunet-isotropic, 1.3, 0.9, 0.8, 1.0, 1.0, 1.1, SOFTMAX",
    "nnunet-anisotropic, 5.0, 0.9, 0.8, 4.0, 1.0, 1.1, REGIONS",
    "nnunet-sagittal, 0.9, 0.8, 4.5, 0.75, 1.0, 3.6, SOFTMAX",
  })
  void nnUnetsOrderOfStepsGivesItsNumbers(
      String name,
      double slice,
      double row,
      double column,
      double toSlice,
      double toRow,
      double toColumn,
      Activation activation)
      throws IOException, URISyntaxException {
    GridGeometry grid = grid(new Spacing(column, row, slice));
    ModelManifest manifest =
        new SampleInput()
            .channels(
                new IntensitySpec.ZScore(55.5, 180.25, -310.0, 420.0),
                new IntensitySpec.ZScore(null, null, null, null, true))
            .asAcquired()
            .spacing(GridSpec.Anchor.EXTENT, toSlice, toRow, toColumn)
            .crop(new CropSpec.NonZero())
            .resampling(ResamplingSpec.Interpolation.CUBIC, 3.0)
            .intensityFirst()
            .manifest(threeClasses(activation));
    List<Volume> channels = List.of(volume(grid, 0), volume(grid, 1));
    Prepared prepared = Preparation.prepare(channels, manifest, Optional.empty());
    assertPrepared(name, prepared.input());
    assertLabels(name, restored(prepared, manifest));
  }

  @Test
  void monaisUsualTransformsGiveTheirNumbers() throws IOException, URISyntaxException {
    GridGeometry grid = grid(new Spacing(0.8, 0.9, 1.3));
    ModelManifest manifest =
        new SampleInput()
            .channels(new IntensitySpec.Window(-175, 250))
            .orientation("RAS")
            .spacing(GridSpec.Anchor.FIRST_VOXEL, 1.0, 1.0, 1.1)
            .crop(new CropSpec.Above(-175 + 0.45 * 425, 0))
            .manifest(threeClasses(Activation.SOFTMAX));
    Prepared prepared = Preparation.prepare(List.of(volume(grid, 0)), manifest, Optional.empty());
    assertPrepared("monai", prepared.input());
    assertLabels("monai", restored(prepared, manifest));
  }

  private static SampleManifest threeClasses(Activation activation) {
    List<LabelledChannel> labels = new ArrayList<>();
    int first = activation == Activation.REGIONS ? 0 : 1;
    for (int channel = first; channel < 3; channel++) {
      labels.add(new LabelledChannel(channel, SampleManifest.segment(channel + 1 - first), null));
    }
    return new SampleManifest().output(activation, 3).labels(labels);
  }

  private static GridGeometry grid(Spacing spacing) {
    return new GridGeometry(
        SampleGrid.FRAME,
        SIZE,
        new Vector3(-31.5, 12.25, 847.125),
        new Orientation("SPL").axes(),
        spacing);
  }

  private static Volume volume(GridGeometry grid, int channel) {
    var values = new float[SIZE.voxels()];
    for (int z = 0; z < SIZE.slices(); z++) {
      for (int y = 0; y < SIZE.rows(); y++) {
        for (int x = 0; x < SIZE.columns(); x++) {
          int rough = (x * x + 3 * y * z + 5 * z + 11 * channel * x) % 47;
          int radius = (x - 9) * (x - 9) + (y - 6) * (y - 6) + (z - 6) * (z - 6);
          int form = 4 * (x - 9) * (x - 9) + 5 * (y - 6) * (y - 6) + 7 * (z - 6) * (z - 6);
          boolean inside = form < 120 && radius >= 4 - channel;
          values[SIZE.index(x, y, z)] = inside ? 20 * rough - 400 + 8 * x - 5 * y + 3 * z : 0;
        }
      }
    }
    return Volume.ofValues(grid, values);
  }

  private static short[] restored(Prepared prepared, ModelManifest manifest) {
    GridSize size = prepared.input().grid().size();
    var channels = new float[3][size.voxels()];
    for (int k = 0; k < channels.length; k++) {
      for (int z = 0; z < size.slices(); z++) {
        for (int y = 0; y < size.rows(); y++) {
          for (int x = 0; x < size.columns(); x++) {
            int mixed = 317 * k + 17 * z + 29 * y * (k + 1) + 13 * x + 7 * x * y * z;
            channels[k][size.index(x, y, z)] = (mixed % 1009 - 504) / 128f;
          }
        }
      }
    }
    Restoration restoration = Restoration.onto(prepared.source(), prepared, manifest);
    restoration.accept(new NetworkSlab(0, size.slices(), channels, null));
    return restoration.labels();
  }

  private static void assertPrepared(String name, NetworkInput input)
      throws IOException, URISyntaxException {
    NpyArray expected = reference(name + "-prepared");
    GridSize size = input.grid().size();
    List<Integer> shape = expected.shape();
    assertEquals(shape.get(shape.size() - 3), size.slices());
    assertEquals(shape.get(shape.size() - 2), size.rows());
    assertEquals(shape.get(shape.size() - 1), size.columns());
    assertEquals(expected.values().length, input.channels() * size.voxels());
    for (int i = 0; i < expected.values().length; i++) {
      float actual = input.channel(i / size.voxels())[i % size.voxels()];
      assertEquals(expected.values()[i], actual, TOLERANCE, name + " at " + i);
    }
  }

  private static void assertLabels(String name, short[] labels)
      throws IOException, URISyntaxException {
    float[] expected = reference(name + "-labels").values();
    int compared = 0;
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != OPEN) {
        assertEquals(expected[i], labels[i], name + " at " + i);
        compared++;
      }
    }
    assertTrue(compared > expected.length / 10, "enough is compared: " + compared);
  }

  private static NpyArray reference(String name) throws IOException, URISyntaxException {
    return NpyArray.read(
        Path.of(
            Objects.requireNonNull(
                    FrameworkChainTest.class.getResource(name + ".npy.gz"), "reference " + name)
                .toURI()));
  }
}

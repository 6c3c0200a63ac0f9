package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.proposal.Proposal;
import org.firstpass.sample.SharedData;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published networks on real images give what the same networks gave outside this project. */
final class RealImagesTest {
  private static final Sha256 REVISION = Sha256.of(new byte[] {1});
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir private Path folder;

  @Test
  void aConformedBrainIsSegmentedAsElsewhere() throws IOException {
    Path image = SharedData.data("P14_t1_nifti_brainchop/t1_crop.nii.gz");
    Volume volume = NiftiReader.readVolume(image, new FrameOfReferenceUid("2.25.14"));
    LabelMap expected = labels("expected/t1crop_meshnet5.nii.gz", volume);
    LabelMap found = onModelGrid(volume, RealModels.brainTissue(folder, 100));
    assertDice(found, expected, Map.of(1, 1, 2, 2), Map.of(1, 0.99, 2, 0.99));
  }

  @Test
  void anObliqueBrainFromDicomIsSegmentedAsElsewhere() throws IOException {
    Volume volume = series("P02_mr_t1_studyforrest");
    LabelMap expected = labels("expected/forrest_meshnet5.nii.gz", volume);
    LabelMap found = onModelGrid(volume, RealModels.brainTissue(folder, 99.9));
    assertDice(found, expected, Map.of(1, 1, 2, 2), Map.of(1, 0.98, 2, 0.98));
  }

  @Test
  void anAbdomenFromDicomIsSegmentedAsTheReferenceOnTheGridOfTheSeries() throws IOException {
    Volume volume = series("P05_ct_abdomen_totalseg_j2k/dicom");
    LabelMap expected = labels("P05_ct_abdomen_totalseg_j2k/example_seg_dicom.nii.gz", volume);
    try (var segmenter = new SeriesSegmenter(CORES, Long.MAX_VALUE, new SimpleMeterRegistry())) {
      Proposal proposal = segmenter.segment(volume, RealModels.abdomen(folder), REVISION);
      // Spleen, liver, stomach: the numbers of the package and of the reference differ.
      assertDice(
          proposal.labels(), expected, Map.of(1, 1, 6, 5, 7, 6), Map.of(6, 0.96, 1, 0.95, 7, 0.86));
    }
  }

  private static LabelMap onModelGrid(Volume volume, ModelPackage model) {
    NetworkInput input = Preparation.prepare(volume, model.manifest().input());
    try (LoadedNetwork network =
        LoadedNetwork.open(model, CORES, new InferenceMetrics(new SimpleMeterRegistry()))) {
      NetworkOutput output = network.run(input);
      return new LabelMap(output.grid(), SegmentChoice.of(model.manifest()).onGridOf(output));
    }
  }

  /** Voxel by voxel through patient space: the two grids may be stored in different orders. */
  private static void assertDice(
      LabelMap found, LabelMap expected, Map<Integer, Integer> pairs, Map<Integer, Double> least) {
    GridGeometry grid = found.geometry();
    GridSize size = grid.size();
    GridSize other = expected.geometry().size();
    for (Map.Entry<Integer, Integer> pair : pairs.entrySet()) {
      long both = 0;
      long either = 0;
      for (int index = 0; index < size.voxels(); index++) {
        VoxelPosition at = expected.geometry().toIndex(place(grid, index));
        int column = (int) Math.rint(at.column());
        int row = (int) Math.rint(at.row());
        int slice = (int) Math.rint(at.slice());
        boolean here = found.labelAt(index) == pair.getKey();
        boolean there =
            other.contains(column, row, slice)
                && expected.labelAt(column, row, slice) == pair.getValue();
        both += here && there ? 2 : 0;
        either += (here ? 1 : 0) + (there ? 1 : 0);
      }
      double dice = (double) both / either;
      assertTrue(dice >= least.get(pair.getKey()), "label " + pair.getKey() + " Dice " + dice);
    }
  }

  private static Vector3 place(GridGeometry grid, int index) {
    GridSize size = grid.size();
    return grid.toPatient(
        index % size.columns(),
        index / size.columns() % size.rows(),
        index / size.voxelsPerSlice());
  }

  private static LabelMap labels(String file, Volume like) throws IOException {
    return NiftiReader.readLabelMap(SharedData.data(file), like.geometry().frameOfReference());
  }

  private static Volume series(String name) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(SharedData.data(name))) {
      files = all.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    }
    List<InstanceSource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(FilledUids.of(file, sources.size()));
    }
    return SeriesSurvey.of(sources).read().volume();
  }
}

package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.sample.SharedData;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Five published networks on real images mark what the same networks marked outside this project:
 * Dice 0.98 or more of every label on the network's grid.
 *
 * <p>Those that take minutes run with {@code -Dfirstpass.slow=true}.
 */
final class RealImagesTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealImagesTest.class);
  private static final Sha256 REVISION = Sha256.of(new byte[] {1});
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final double LEAST = 0.98;
  private static final String SLOW = "firstpass.slow";

  @TempDir private Path folder;

  @Test
  void tissueOfAConformedBrainIsMarkedAsElsewhere() throws IOException {
    Volume volume = conformedBrain();
    LabelMap found = onModelGrid(volume, RealModels.brainTissue(folder, 100));
    assertSame("t1crop_meshnet5", volume, found);
  }

  @Test
  void tissueOfAConformedBrainIsMarkedAsElsewhereByTheLargerNetwork() throws IOException {
    Volume volume = conformedBrain();
    LabelMap found = onModelGrid(volume, RealModels.brainTissueOfEleven(folder));
    assertSame("t1crop_meshnet11", volume, found);
  }

  @Test
  @EnabledIfSystemProperty(named = SLOW, matches = "true")
  void structuresOfAConformedBrainAreMarkedAsElsewhere() throws IOException {
    Volume volume = conformedBrain();
    LabelMap found = onModelGrid(volume, RealModels.brainStructures(folder, 100));
    assertSame("t1crop_meshnet18", volume, found);
  }

  @Test
  @EnabledIfSystemProperty(named = SLOW, matches = "true")
  void aConformedBrainIsMaskedAsElsewhere() throws IOException {
    Volume volume = conformedBrain();
    LabelMap found = onModelGrid(volume, RealModels.brainMask(folder, 100, null));
    assertSame("t1crop_mindgrab", volume, found);
  }

  @Test
  void tissueOfAnObliqueBrainFromDicomIsMarkedAsElsewhere() throws IOException {
    Volume volume = series("P02_mr_t1_studyforrest");
    LabelMap found = onModelGrid(volume, RealModels.brainTissue(folder, 99.9));
    assertSame("forrest_meshnet5", volume, found);
  }

  @Test
  @EnabledIfSystemProperty(named = SLOW, matches = "true")
  void structuresOfAnObliqueBrainFromDicomAreMarkedAsElsewhere() throws IOException {
    Volume volume = series("P02_mr_t1_studyforrest");
    LabelMap found = onModelGrid(volume, RealModels.brainStructures(folder, 99.9));
    assertSame("forrest_meshnet18", volume, found);
  }

  @Test
  @EnabledIfSystemProperty(named = SLOW, matches = "true")
  void aBrainOfThickTiltedSlicesIsMaskedAsElsewhere() throws IOException {
    Volume volume = series("P07_mr_pd_oblique_papaya");
    // The head's box and 8 voxels around it, as the network's documentation advises; how its maker
    // found the head is not known, here it is all that is not nought.
    var head = new CropSpec.Above(0, 8);
    LabelMap found = onModelGrid(volume, RealModels.brainMask(folder, 99.9, head));
    assertSame("papaya_mindgrab", volume, found);
  }

  @Test
  void organsInABoxOfAChestThatEndsInTheAbdomenAreMarkedAsElsewhere() throws IOException {
    Volume box =
        NiftiReader.readVolume(
            SharedData.data("expected/lidc_box_input.nii.gz"), new FrameOfReferenceUid("2.25.1"));
    ModelPackage model = RealModels.abdomen(folder, abdominalBox());
    InputSpec stated = model.manifest().input();
    // The file has the voxels of the cube already; the graph has no other size.
    var asItIs =
        new InputSpec(
            stated.tensor(),
            stated.channels(),
            stated.orientation(),
            new GridSpec.Source(),
            stated.outside(),
            null);
    LabelMap found = onModelGrid(Preparation.prepare(untruncated(box), asItIs), model);
    assertSame("lidc_box_allconvunet", box, found);
  }

  /**
   * The kept input was cut to whole numbers, toward nought; the kept answer was made of what it was
   * before. Half a unit, which is the mean of what was cut, is given back: adding it to every value
   * or taking it from every value leads away from the answer, which is what tells the direction.
   */
  private static Volume untruncated(Volume cut) {
    GridSize size = cut.geometry().size();
    var values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      float value = cut.valueAt(i);
      values[i] = value + Math.signum(value) / 2;
    }
    return Volume.ofValues(cut.geometry(), values);
  }

  @Test
  void organsOfAnAbdomenFromDicomAreMarkedAsElsewhere() throws IOException {
    Volume volume = series("P05_ct_abdomen_totalseg_j2k/dicom");
    LabelMap found = onModelGrid(volume, RealModels.abdomen(folder, abdominalBox()));
    // What was kept is the nearest label of the network's grid on the grid of the series.
    assertSame("P05_allconvunet_on_source_grid", volume, found);
  }

  @Test
  void organsOfAnAbdomenFromDicomAgreeWithAReferenceOnTheGridOfTheSeries() throws IOException {
    Volume volume = series("P05_ct_abdomen_totalseg_j2k/dicom");
    try (var segmenter = new SeriesSegmenter(CORES, Long.MAX_VALUE, new SimpleMeterRegistry())) {
      ModelPackage model = RealModels.abdomen(folder, abdominalBox());
      LabelMap found = segmenter.segment(volume, model, REVISION).labels();
      LabelMap reference = labels("P05_ct_abdomen_totalseg_j2k/example_seg_dicom.nii.gz", volume);
      // Spleen, liver, stomach: the numbers of the package and of the reference differ.
      Map<Integer, Double> dice = Overlap.of(found, reference, Map.of(1, 1, 5, 6, 6, 7)).dice();
      LOG.info("P05 against TotalSegmentator: {}", dice);
      assertTrue(dice.get(6) >= 0.96 && dice.get(1) >= 0.95 && dice.get(7) >= 0.86);
    }
  }

  private static GridSpec abdominalBox() {
    return new GridSpec.Box(
        GridSpec.PatientSpace.RAS,
        List.of(-143.3, 59.3, -944.5),
        List.of(157.9, 262.0, -756.5),
        List.of(144, 144, 144));
  }

  private static Volume conformedBrain() throws IOException {
    return NiftiReader.readVolume(
        SharedData.data("P14_t1_nifti_brainchop/t1_crop.nii.gz"),
        new FrameOfReferenceUid("2.25.14"));
  }

  private static LabelMap onModelGrid(Volume volume, ModelPackage model) {
    return onModelGrid(Preparation.prepare(volume, model.manifest().input()), model);
  }

  private static LabelMap onModelGrid(NetworkInput input, ModelPackage model) {
    try (LoadedNetwork network =
        LoadedNetwork.open(model, CORES, new InferenceMetrics(new SimpleMeterRegistry()))) {
      NetworkOutput output = network.run(input);
      return new LabelMap(output.grid(), SegmentChoice.of(model.manifest()).onGridOf(output));
    }
  }

  /** Every label that either of the two has. */
  private static void assertSame(String expectation, Volume volume, LabelMap found)
      throws IOException {
    LabelMap expected = labels("expected/" + expectation + ".nii.gz", volume);
    Map<Integer, Double> dice = Overlap.of(found, expected, Map.of()).dice();
    LOG.info("{}: Dice per label {}", expectation, dice);
    assertFalse(dice.isEmpty(), expectation);
    assertTrue(
        dice.values().stream().allMatch(each -> each >= LEAST), () -> expectation + ": " + dice);
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

package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ProposalMade;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Published networks on real series, sent as a PACS would: what comes is what came elsewhere. */
@ExtendWith(OneInstallation.class)
class RealSeriesTest {
  @TempDir Path folder;

  @Test
  void aBrainFromAForeignSenderIsSegmentedAsElsewhere(TestInstallation installation)
      throws IOException, InterruptedException {
    List<Path> files = named(SharedData.files("P02_mr_t1_studyforrest"));
    Path expected = SharedData.require("expected/forrest_meshnet5.nii.gz");
    storescu(installation, folder);
    ProposalMade proposal = proposal(installation, seriesOf(files.get(0)), files.size());
    assertEquals("brain-tissue", proposal.modelPackage().name());
    LabelMap found = installation.labels(proposal);
    // The reference lies on the network's grid, 1 mm, the proposal on the series', 0.67 mm. Going
    // there and back costs what is missing from 0.98, most in the thin cortex; the same network in
    // another framework and resampler loses as much. Before that, the worker's own test holds 0.98.
    requireDice(found, labels(expected, found), Map.of(1, 1, 2, 2), Map.of(1, 0.97, 2, 0.94));
    SegmentationCheck.require(installation.segmentation(proposal), files);
  }

  @Test
  void anAbdomenIsSegmentedAsTheReferenceOnTheGridOfTheSeries(TestInstallation installation)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (Path file : SharedData.files("P05_ct_abdomen_totalseg_j2k/dicom")) {
      files.add(FilledUids.write(file, files.size(), folder));
    }
    Path expected = SharedData.require("P05_ct_abdomen_totalseg_j2k/example_seg_dicom.nii.gz");
    assertTrue(installation.send(files).isComplete());
    ProposalMade proposal = proposal(installation, seriesOf(files.get(0)), files.size());
    assertEquals("abdomen-organs", proposal.modelPackage().name());
    LabelMap found = installation.labels(proposal);
    LabelMap reference = labels(expected, found);
    assertEquals(reference.geometry().size().voxels(), found.geometry().size().voxels());
    // Liver, spleen, stomach: the numbers of the package and of the reference differ.
    requireDice(found, reference, Map.of(6, 5, 1, 1, 7, 6), Map.of(6, 0.96, 1, 0.95, 7, 0.86));
    SegmentationCheck.require(installation.segmentation(proposal), files);
  }

  /** With VR names, which storescu needs and these files lost; the pixel data stay as they are. */
  private List<Path> named(List<Path> files) throws IOException, InterruptedException {
    List<Path> copies = new ArrayList<>();
    for (Path file : files) {
      Path copy = folder.resolve(file.getFileName());
      Tool.Answer answer =
          Tool.run(List.of("dcmconv", "--convert-un", file.toString(), copy.toString()));
      assertEquals(0, answer.status(), () -> String.join("\n", answer.lines()));
      copies.add(copy);
    }
    return copies;
  }

  private static void storescu(TestInstallation installation, Path folder)
      throws IOException, InterruptedException {
    Tool.Answer answer =
        Tool.run(
            List.of(
                "storescu",
                "-xt",
                "-R",
                "+sd",
                "+sp",
                "*.dcm",
                "+r",
                "-aec",
                "FIRSTPASS",
                "127.0.0.1",
                Integer.toString(installation.standalone().dicomPort()),
                folder.toString()));
    assertEquals(0, answer.status(), () -> String.join("\n", answer.lines()));
  }

  private static ProposalMade proposal(
      TestInstallation installation, SeriesInstanceUid series, int instances) {
    SeriesHistory history = installation.watch().awaitEnd(series);
    assertInstanceOf(SeriesState.Proposed.class, history.state(), history::toString);
    assertEquals(instances, history.instances());
    List<ProposalMade> proposals = installation.watch().proposals(series);
    assertEquals(1, proposals.size());
    return proposals.get(0);
  }

  private static void requireDice(
      LabelMap found, LabelMap expected, Map<Integer, Integer> pairs, Map<Integer, Double> least) {
    LabelMap there = ByPosition.on(expected.geometry(), found);
    pairs.forEach(
        (ours, theirs) -> {
          double dice = Dice.of(ByPosition.only(there, ours), ByPosition.only(expected, theirs), 1);
          assertTrue(dice >= least.get(ours), "label " + ours + " has Dice " + dice);
        });
  }

  private static LabelMap labels(Path file, LabelMap like) throws IOException {
    GridGeometry grid = like.geometry();
    return NiftiReader.readLabelMap(file, grid.frameOfReference());
  }

  private static SeriesInstanceUid seriesOf(Path file) {
    return InstanceHeader.read(() -> Files.newInputStream(file)).reference().series();
  }
}

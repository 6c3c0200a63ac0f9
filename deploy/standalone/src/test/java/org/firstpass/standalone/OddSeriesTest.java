package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.SendReport;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SeriesInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;

/**
 * Odd series end in a proposal with something in it or in a coded refusal; none is stuck, none
 * fails.
 *
 * <p>Several folders hold the same series in another encoding. Each counts by itself: it is sent
 * after the one before has ended, and makes the next revision.
 */
@ExtendWith(OneInstallation.class)
class OddSeriesTest {
  private static final List<String> FOLDERS =
      List.of(
          "P10_odd_geometry_dicom2nifti",
          "P11_transfer_syntaxes_mr",
          "P12_small_pydicom",
          "P13_htj2k");

  /** What is sent at once: files of one series and one folder, no SOP instance twice. */
  private record Sending(SeriesInstanceUid series, List<Path> files) {
    String name() {
      Path first = files.get(0);
      return first.getParent().getFileName() + "/" + first.getFileName();
    }
  }

  @Test
  void everyOneEndsInAProposalOrInACodedRefusal(TestInstallation installation)
      throws IOException, InterruptedException {
    List<Path> noInstances = new ArrayList<>();
    List<List<Sending>> rounds = rounds(noInstances);
    Map<String, SeriesState> ends = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    Map<SeriesInstanceUid, List<Path>> sent = new HashMap<>();
    for (List<Sending> round : rounds) {
      send(installation, round);
      for (Sending sending : round) {
        sent.computeIfAbsent(sending.series(), key -> new ArrayList<>()).addAll(sending.files());
        SeriesHistory history = installation.watch().awaitEnd(sending.series());
        ends.put(sending.name(), history.state());
        examine(installation, sending, history, sent.get(sending.series()), wrong);
      }
    }
    assertEquals(List.of(), wrong, () -> "all ends: " + ends);
    assertTrue(ends.size() >= 30, () -> "only " + ends);
    requireRefusedAtTheDoor(installation, noInstances);
    requireKnownEnds(ends);
  }

  private static void send(TestInstallation installation, List<Sending> round) {
    SendReport report =
        installation.send(round.stream().flatMap(sending -> sending.files().stream()).toList());
    assertEquals(List.of(), report.failures());
  }

  private static void examine(
      TestInstallation installation,
      Sending sending,
      SeriesHistory history,
      List<Path> sources,
      List<String> wrong)
      throws IOException, InterruptedException {
    int revision = history.revisions().get(history.revisions().size() - 1).number();
    List<ProposalMade> proposals =
        installation.watch().proposals(sending.series()).stream()
            .filter(made -> made.input().revision() == revision)
            .toList();
    if (history.state() instanceof SeriesState.Refused refused) {
      assertEquals(ReasonCode.Kind.REFUSED, refused.reason().kind(), sending::name);
      assertEquals(List.of(), proposals, sending::name);
      return;
    }
    if (history.state() instanceof SeriesState.Kept) {
      // A segmentation of a series that was never sent.
      assertEquals(List.of(), proposals, sending::name);
      return;
    }
    if (!(history.state() instanceof SeriesState.Proposed)) {
      wrong.add(sending.name() + " ended " + history.state());
      return;
    }
    assertEquals(1, proposals.size(), sending::name);
    long[] voxels = installation.labels(proposals.get(0)).histogram();
    long marked = 0;
    for (int label = 1; label < voxels.length; label++) {
      marked += voxels[label];
    }
    if (marked == 0) {
      wrong.add(sending.name() + " was proposed with nothing in it");
      return;
    }
    try {
      SegmentationCheck.require(installation.segmentation(proposals.get(0)), sources);
    } catch (AssertionFailedError e) {
      wrong.add(sending.name() + ": " + e.getMessage());
    }
  }

  /** What is no instance is never acknowledged: the sender learns of it. */
  private static void requireRefusedAtTheDoor(TestInstallation installation, List<Path> files) {
    assertFalse(files.isEmpty());
    SendReport report = installation.send(files);
    assertEquals(0, report.stored());
    assertEquals(files.size(), report.failures().size());
    report
        .failures()
        .forEach(failure -> assertEquals(ReasonCode.MALFORMED_INSTANCE, failure.code()));
  }

  private static void requireKnownEnds(Map<String, SeriesState> ends) {
    Map<String, ReasonCode> known =
        Map.of(
            "gantry_tilt/IM-0001-0001.dcm", ReasonCode.GANTRY_TILT,
            "missing_slice/IM-0001-0007-0001.dcm", ReasonCode.MISSING_SLICES,
            "same_position/001.dcm", ReasonCode.DUPLICATE_POSITIONS,
            "mixed_orientation/IM-0001-0001-0001 2.dcm", ReasonCode.MIXED_ORIENTATIONS);
    known.forEach(
        (name, reason) ->
            assertTrue(
                ends.get(name) instanceof SeriesState.Refused refused && refused.reason() == reason,
                () -> name + " ended " + ends.get(name)));
    // Of a series that was never sent.
    assertEquals(
        new SeriesState.Kept(1, ReasonCode.FOREIGN_UNKNOWN_SERIES),
        ends.get("P12_small_pydicom/rtstruct.dcm"));
    assertNotEquals(
        0, ends.values().stream().filter(SeriesState.Proposed.class::isInstance).count());
  }

  /** The k-th sending of each series is in the k-th round. */
  private static List<List<Sending>> rounds(List<Path> noInstances) throws IOException {
    Map<SeriesInstanceUid, List<Map<String, Path>>> bySeries = new LinkedHashMap<>();
    for (String folder : FOLDERS) {
      for (Path file : SharedData.files(folder)) {
        try {
          InstanceHeader header = InstanceHeader.read(() -> Files.newInputStream(file));
          file(
              bySeries.computeIfAbsent(header.reference().series(), key -> new ArrayList<>()),
              header.instance().value(),
              file);
        } catch (StudyRefused e) {
          noInstances.add(file);
        }
      }
    }
    List<List<Sending>> rounds = new ArrayList<>();
    bySeries.forEach(
        (series, sendings) -> {
          for (int round = 0; round < sendings.size(); round++) {
            if (round == rounds.size()) {
              rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(new Sending(series, List.copyOf(sendings.get(round).values())));
          }
        });
    return rounds;
  }

  private static void file(List<Map<String, Path>> sendings, String instance, Path file) {
    for (Map<String, Path> sending : sendings) {
      Path other = sending.values().iterator().next();
      if (other.getParent().equals(file.getParent()) && !sending.containsKey(instance)) {
        sending.put(instance, file);
        return;
      }
    }
    Map<String, Path> fresh = new LinkedHashMap<>();
    fresh.put(instance, file);
    sendings.add(fresh);
  }
}

package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentDecision;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.ForeignSegmentation;
import org.firstpass.testing.ForeignSegmentation.Drawn;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.firstpass.testing.ForeignSegmentation.Place;
import org.firstpass.testing.ForeignStructureSet;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other viewers draw on a proposal and store back over the network is a correction, once: with
 * a real gateway, broker, database and review server.
 */
@ExtendWith(OneInstallation.class)
class OtherViewersTest {
  private static final int SLICES = 44;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** A proposal that is read elsewhere. */
  private final class Reading {
    private final TestInstallation on;
    private final PhantomSeries series;
    private final ProposalMade proposal;
    private final LabelMap labels;
    private final String task;
    private final SeriesInstanceUid foreign;
    private final int erased;

    Reading(TestInstallation on, long seed) throws IOException {
      this.on = on;
      this.series = PhantomSeries.write(folder, seed, SLICES);
      this.foreign = new SeriesInstanceUid(uid("foreign series", seed));
      assertTrue(on.send(series.files()).isComplete());
      on.watch().awaitEnd(series.uid());
      this.proposal = on.watch().proposals(series.uid()).get(0);
      this.labels = on.labels(proposal);
      ReviewClient reader = on.administrator();
      Deadline.await("its task waits", () -> Tasks.waiting(reader, series.uid()).size() == 1);
      this.task = Tasks.waiting(reader, series.uid()).get(0).path("id").asText();
      this.erased = firstMarked(labels);
    }

    Reading claimed() {
      on.administrator().post("/api/tasks/" + task + "/claim", JSON.createObjectNode());
      return this;
    }

    Place place(long seed) {
      return new Place(
          uid("test study", seed),
          series.uid().value(),
          "PHANTOM-" + seed,
          labels.geometry().frameOfReference().value(),
          foreign.value());
    }

    /** What is proposed of a segment, without the one voxel that the viewer's user erased. */
    Marked drawn(int segment) {
      GridSize size = labels.geometry().size();
      return (column, row, slice) -> {
        int at = size.index(column, row, slice);
        return labels.labelAt(at) == segment && at != erased;
      };
    }

    List<Segment> proposedSegments() {
      long[] voxels = labels.histogram();
      return proposal.schema().segments().stream()
          .filter(each -> each.number() < voxels.length && voxels[each.number()] > 0)
          .toList();
    }

    ForeignSegmentation allTissue(long seed) {
      var file = new ForeignSegmentation(place(seed), labels.geometry());
      for (Segment segment : proposedSegments()) {
        file.with(
            new Drawn(
                segment.number(),
                "Segment " + segment.number(),
                ForeignSegmentation.TISSUE,
                drawn(segment.number())));
      }
      return file;
    }

    Path file(byte[] bytes) throws IOException {
      return Files.write(folder.resolve(foreign.value() + ".dcm"), bytes);
    }

    void awaitState(SeriesState state) {
      SeriesWatch watch = on.watch();
      Deadline.await(
          "the stored series is " + state,
          Duration.ofMinutes(2),
          () -> watch.find(foreign).filter(found -> found.state().equals(state)).isPresent());
    }

    List<CorrectionAccepted> corrections() {
      List<CorrectionAccepted> found = new ArrayList<>();
      EventReplay.forEach(
          on.infrastructure().stream(),
          Topics.CORRECTIONS,
          event -> {
            if (event.series().equals(series.uid())) {
              found.add(event);
            }
          });
      return found;
    }

    void awaitTheOneCorrection() {
      Deadline.await("the correction is told", () -> !corrections().isEmpty());
      List<CorrectionAccepted> found = corrections();
      assertEquals(1, found.size());
      CorrectionAccepted event = found.get(0);
      assertEquals(proposal.id(), event.proposalId());
      requireLabels(event);
      requireCodes(event);
    }

    private void requireLabels(CorrectionAccepted event) {
      LabelMap accepted =
          LabelMapCodec.decode(on.infrastructure().objects().read(event.acceptedLabels().digest()));
      for (int at = 0; at < labels.geometry().size().voxels(); at++) {
        assertEquals(at == erased ? 0 : labels.labelAt(at), accepted.labelAt(at));
      }
      for (SegmentDecision decision : event.decisions()) {
        boolean changed = decision.segmentNumber() == labels.labelAt(erased);
        assertEquals(changed ? Verdict.MINOR : Verdict.ACCEPT, decision.verdict());
        assertEquals(changed ? 1 : 0, decision.voxelsRemoved());
        assertEquals(0, decision.voxelsAdded());
      }
    }

    private void requireCodes(CorrectionAccepted event) {
      var objects = on.infrastructure().objects();
      List<String> written =
          SegmentationReader.read(() -> objects.open(event.segmentation().digest()))
              .segments()
              .stream()
              .map(segment -> segment.type().value())
              .toList();
      assertEquals(
          proposal.schema().segments().stream().map(each -> each.type().value()).toList(), written);
    }

    String explain() {
      return CommandLineRun.of("explain", "--state", on.state().toString(), foreign.value()).out();
    }
  }

  private static int firstMarked(LabelMap labels) {
    int at = 0;
    while (labels.labelAt(at) == 0) {
      at++;
    }
    return at;
  }

  private static String uid(String kind, long seed) {
    return DicomUid.of(NameBasedUuid.of(kind, Long.toString(seed)));
  }

  @Test
  void aLabelMapInWhichEverythingIsTissueIsTheHoldersCorrectionAlsoWhenItIsSentTwice(
      TestInstallation on) throws IOException {
    Reading reading = new Reading(on, 4101).claimed();
    Path file = reading.file(reading.allTissue(4101).labelMapInRle(uid("foreign", 4101)));
    assertTrue(on.send(List.of(file), TestInstallation.WORKSTATION).isComplete());
    reading.awaitState(new SeriesState.Taken(1));
    reading.awaitTheOneCorrection();
    assertTrue(on.send(List.of(file), TestInstallation.WORKSTATION).isComplete());
    assertTrue(on.send(List.of(file), "SOME_PACS").isComplete());
    reading.awaitTheOneCorrection();
    assertEquals(new SeriesState.Taken(1), on.watch().history(reading.foreign).state());
    assertTrue(reading.explain().contains("revision 1 taken"), reading.explain());
  }

  @Test
  void aLabelMapThatPydicomWroteIsToo(TestInstallation on)
      throws IOException, InterruptedException {
    Tool.require("python3");
    Assumptions.assumeTrue(
        Tool.run(List.of("python3", "-c", "import pydicom, numpy")).status() == 0,
        "pydicom is not installed");
    Reading reading = new Reading(on, 4102).claimed();
    Path target = folder.resolve("pydicom.dcm");
    Path labels = Files.write(folder.resolve("labels"), bytes(reading));
    List<String> command = new ArrayList<>(List.of("python3"));
    command.add("src/test/resources/labelmap_like_ohif.py");
    command.addAll(
        List.of(
            target.toString(), uid("foreign", 4102), reading.foreign.value(), labels.toString()));
    reading.series.files().forEach(each -> command.add(each.toString()));
    Tool.Answer answer = Tool.run(command);
    assertEquals(0, answer.status(), () -> String.join("\n", answer.lines()));
    assertTrue(on.send(List.of(target), TestInstallation.WORKSTATION).isComplete());
    reading.awaitState(new SeriesState.Taken(1));
    reading.awaitTheOneCorrection();
  }

  private static byte[] bytes(Reading reading) {
    var bytes = new byte[reading.labels.geometry().size().voxels()];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (at == reading.erased ? 0 : reading.labels.labelAt(at));
    }
    return bytes;
  }

  @Test
  void aBinaryOneWithReversedTurnedFramesThatDcmtkSendsIsConfirmedByAReader(TestInstallation on)
      throws IOException, InterruptedException {
    Reading reading = new Reading(on, 4103);
    var drawn = new ForeignSegmentation(reading.place(4103), reading.labels.geometry());
    for (Segment segment : reading.proposedSegments()) {
      drawn.with(
          new Drawn(
              segment.number(),
              segment.label(),
              segment.type(),
              segment.typeModifier(),
              null,
              reading.drawn(segment.number())));
    }
    Path file = reading.file(drawn.reversed().turned().binary(uid("foreign", 4103)));
    String port = Integer.toString(on.standalone().dicomPort());
    Tool.Answer sent =
        Tool.run(
            List.of(
                "storescu",
                "-R",
                "-aet",
                "SLICER",
                "-aec",
                "FIRSTPASS",
                "127.0.0.1",
                port,
                file.toString()));
    assertEquals(0, sent.status(), () -> String.join("\n", sent.lines()));
    reading.awaitState(new SeriesState.Kept(1, ReasonCode.FOREIGN_TO_BE_CONFIRMED));
    assertTrue(reading.explain().contains("FP1065"), reading.explain());
    ReviewClient reader = on.administrator();
    JsonNode waiting = reader.get("/api/tasks/" + reading.task).path("foreign");
    assertEquals(1, waiting.size());
    String confirm = "/api/foreign/" + waiting.get(0).path("id").asText() + "/confirm";
    JsonNode receipt = reader.post(confirm, JSON.createObjectNode()).path("receipt");
    assertEquals(1, receipt.path("revision").asInt());
    reader.post(confirm, JSON.createObjectNode());
    reading.awaitState(new SeriesState.Taken(1));
    reading.awaitTheOneCorrection();
  }

  @Test
  void aStructureSetWithNamesOnlyIsTheHoldersCorrection(TestInstallation on) throws IOException {
    Reading reading = new Reading(on, 4104).claimed();
    var structures = new ForeignStructureSet(reading.place(4104), reading.labels.geometry());
    for (Segment segment : reading.proposedSegments()) {
      structures.with(90 - segment.number(), segment.label(), reading.drawn(segment.number()));
    }
    Path file = reading.file(structures.file(uid("foreign", 4104)));
    assertTrue(on.send(List.of(file), TestInstallation.WORKSTATION).isComplete());
    reading.awaitState(new SeriesState.Taken(1));
    reading.awaitTheOneCorrection();
  }

  @Test
  void whatTheHolderPostsIsTheirCorrectionAndWhatAnotherUserPostsIsConfirmed(TestInstallation on)
      throws Exception {
    WebViewer rosa = WebViewer.of(on, "rosa");
    WebViewer ben = WebViewer.of(on, "ben");
    Reading reading = new Reading(on, 4106);
    rosa.claim(reading.task);
    byte[] file = reading.allTissue(4106).binary(uid("foreign", 4106));
    ben.store(file);
    assertEquals(1, ben.found("/instances?SOPInstanceUID=" + uid("foreign", 4106)));
    reading.awaitState(new SeriesState.Kept(1, ReasonCode.FOREIGN_TO_BE_CONFIRMED));
    assertEquals(List.of(), reading.corrections());
    Reading second = new Reading(on, 4107);
    rosa.claim(second.task);
    rosa.store(second.allTissue(4107).binary(uid("foreign", 4107)));
    second.awaitState(new SeriesState.Taken(1));
    second.awaitTheOneCorrection();
    assertEquals("rosa", second.corrections().get(0).reader());
  }

  @Test
  void oneOfASeriesThatNobodyProposedIsKeptAndNothingIsToldOfProposals(TestInstallation on)
      throws IOException {
    Reading reading = new Reading(on, 4105);
    var place = new Place("1.2.3.4105", "1.2.3.4105.1", "SOMEBODY", "1.2.3.4105.2", "1.2.3.4105.3");
    byte[] bytes =
        new ForeignSegmentation(place, reading.labels.geometry())
            .with(new Drawn(1, "x", ForeignSegmentation.TISSUE, reading.drawn(1)))
            .binary("1.2.3.4105.4");
    Path file = Files.write(folder.resolve("unknown.dcm"), bytes);
    assertTrue(on.send(List.of(file)).isComplete());
    var series = new SeriesInstanceUid("1.2.3.4105.3");
    assertEquals(
        new SeriesState.Kept(1, ReasonCode.FOREIGN_UNKNOWN_SERIES),
        on.watch().awaitEnd(series).state());
    assertEquals(List.of(), on.watch().proposals(series));
  }
}

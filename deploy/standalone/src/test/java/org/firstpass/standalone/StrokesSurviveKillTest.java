package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.StorageScu;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.FreePort;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Not a stroke is lost, whoever dies in the middle: the server first, then the browser too. */
class StrokesSurviveKillTest {
  private static final String USER = "rosa";
  private static final String PASSWORD = "seven green lamps";
  private static final String READER =
      "{\"name\":\"%s\",\"displayName\":\"Rosa\",\"password\":\"%s\",\"roles\":[\"RADIOLOGIST\"]}";
  private static final double RADIUS = 15;
  private static final int SLICES = 40;

  @TempDir private Path folder;

  private ProposalMade proposal;
  private LabelMap proposed;
  private short[] labels;

  @Test
  void strokesOutliveTheServerAndTheBrowserThatWereKilledInTheMiddle() throws Exception {
    PhantomSeries series = PhantomSeries.write(folder, 79, SLICES);
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(state.resolve("firstpass.properties"), "review.undo=0s\n");
    Path profile = folder.resolve("browser");
    int port = FreePort.find();
    try (var server = StandaloneProcess.start(state, port)) {
      propose(server, series);
      drawUntilBothAreKilled(server, ReadingPage.open(profile));
    }
    try (var server = StandaloneProcess.start(state, port);
        var page = ReadingPage.open(profile)) {
      page.login(server.address(), USER, PASSWORD);
      page.go(server.address().resolve("#/task/" + task()));
      page.await("#journal[data-kind=kept]");
      page.press(Keys.ENTER);
      page.await("#receipt");
      CorrectionAccepted accepted = new Corrections(server.infrastructure()).await(series.uid());
      byte[] file = read(server, accepted.segmentation());
      LabelMap stored =
          SegmentationReader.read(() -> new ByteArrayInputStream(file))
              .toLabelMap(proposed.geometry(), proposal.schema());
      SameLabels.require("after both kills", new LabelMap(proposed.geometry(), labels), stored);
    }
  }

  private void propose(StandaloneProcess server, PhantomSeries series) throws IOException {
    assertTrue(StorageScu.send(server.peer(), series.files(), 2, done -> {}).isComplete());
    var watch = new SeriesWatch(server.infrastructure());
    watch.awaitEnd(series.uid());
    proposal = watch.proposals(series.uid()).get(0);
    proposed = LabelMapCodec.decode(read(server, proposal.labels()));
    labels = proposed.toArray();
    ReviewClient administrator = server.login("admin", server.administratorPassword());
    Deadline.await("a task", () -> !Tasks.waiting(administrator, series.uid()).isEmpty());
    administrator.post("/api/users", new ObjectMapper().readTree(READER.formatted(USER, PASSWORD)));
  }

  private void drawUntilBothAreKilled(StandaloneProcess server, ReadingPage page)
      throws InterruptedException {
    try {
      page.login(server.address(), USER, PASSWORD);
      page.openTask(server.address(), task());
      page.press("0");
      page.press("1");
      page.radius(RADIUS);
      LargePlane plane = LargePlane.of(page, proposed.geometry());
      stroke(page, plane, -60, -40);
      page.await("#journal[data-kind=kept]");
      server.kill();
      stroke(page, plane, -60, 20);
      page.await("#journal[data-kind=away]");
      page.beginToDraw("b", plane.pixel(-60, 80), plane.pixel(60, 80));
    } finally {
      page.kill();
    }
  }

  private void stroke(ReadingPage page, LargePlane plane, double across, double down) {
    double[] from = plane.pixel(across, down);
    double[] to = {plane.pixel(across + 100, down)[0], from[1]};
    page.draw("b", List.of(from, to));
    plane.sweep(labels, from, to, RADIUS, 1);
  }

  private String task() {
    return ReviewCase.taskOf(proposal.id()).toString();
  }

  private static byte[] read(StandaloneProcess server, ObjectReference object) {
    return server.infrastructure().objects().read(object.digest());
  }
}

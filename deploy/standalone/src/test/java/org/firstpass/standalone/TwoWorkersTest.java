package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.firstpass.arrival.SeriesState;
import org.firstpass.event.ProposalMade;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is added takes its share, and one that is killed loses nothing. */
@ExtendWith(OneInstallation.class)
class TwoWorkersTest {
  private static final int SERIES = 10;
  private static final int SLICES = 44;
  private static final long FIRST_SEED = 600;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern UP = Pattern.compile("Worker up; metrics on port (\\d+)");
  private static final Pattern PROPOSED = Pattern.compile("(proposed: event)");
  private static final Pattern WORKS = Pattern.compile("worker_running_seconds_count (?:[1-9])");

  @TempDir Path folder;

  @Test
  void everySeriesIsProposedOnceThoughOneOfTwoWorkersIsKilledInTheMiddle(
      TestInstallation installation) throws IOException, InterruptedException {
    List<PhantomSeries> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      all.add(PhantomSeries.write(folder, FIRST_SEED + i, SLICES));
    }
    try (var second =
        FirstpassProcess.start(
            folder.resolve("worker.log"), "worker", "--state", installation.state().toString())) {
      second.await("the second worker is up", PATIENCE, () -> second.printed(UP).isPresent());
      assertTrue(
          installation.send(all.stream().flatMap(s -> s.files().stream()).toList()).isComplete());
      String metrics = "http://127.0.0.1:" + second.printed(UP).orElseThrow() + "/metrics";
      second.await(
          "the second worker has done one and works on another",
          PATIENCE,
          () -> second.printed(PROPOSED).isPresent() && works(metrics));
      second.kill();
    }
    for (PhantomSeries series : all) {
      SeriesState end = installation.watch().awaitEnd(series.uid()).state();
      assertInstanceOf(SeriesState.Proposed.class, end);
      assertEquals(
          1,
          installation.watch().proposals(series.uid()).stream()
              .map(ProposalMade::id)
              .distinct()
              .count());
      Deadline.await(
          "the series has its task",
          () -> Tasks.waiting(installation.administrator(), series.uid()).size() == 1);
    }
  }

  private static boolean works(String metrics) {
    try {
      return WORKS.matcher(Web.get(metrics)).find();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

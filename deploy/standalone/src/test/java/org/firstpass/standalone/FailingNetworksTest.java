package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Networks that pass verification and fail on a scan: a code each, and the next series is fine. */
@ExtendWith(ModelsInstallation.One.class)
class FailingNetworksTest {
  @TempDir Path folder;

  @Test
  void oneThatAnswersNoNumbersIsRefusedItsAnswerAndAfterThreeSeriesItsPlace(ModelsInstallation on)
      throws IOException {
    on.bring(folder, "not-finite", "1.0.0", "not-finite", SmallNetwork.notANumber());
    for (int series = 0; series < 3; series++) {
      assertEquals(ReasonCode.OUTPUT_NOT_FINITE, on.end(series("not-finite " + series)));
    }
    on.await("not-finite", "1.0.0", "quarantined");
    String reason = on.model("not-finite", "1.0.0").path("reason").asText();
    assertTrue(reason.contains("3 series in a row"), reason);
    assertTrue(reason.contains("FP3007"), reason);
    assertEquals(ReasonCode.PACKAGE_INVALID, on.end(series("not-finite at last")));
    requireWork(on, "after-not-finite");
  }

  @Test
  void oneThatNeverEndsIsEnded(ModelsInstallation on) throws IOException {
    on.bring(folder, "endless", "1.0.0", "endless", SmallNetwork.endless());
    SmallSeries endless = series("endless series");
    assertEquals(ReasonCode.INFERENCE_TIMED_OUT, on.end(endless));
    requireToldToReaders(on, endless, ReasonCode.INFERENCE_TIMED_OUT);
    requireWork(on, "after-endless");
  }

  @Test
  void oneThatAsksForAbsurdMemoryGetsNone(ModelsInstallation on) throws IOException {
    on.bring(folder, "greedy", "1.0.0", "greedy", SmallNetwork.greedy());
    assertEquals(ReasonCode.OUT_OF_MEMORY, on.end(series("greedy series")));
    requireWork(on, "after-greedy");
  }

  private static void requireToldToReaders(
      ModelsInstallation on, SmallSeries series, ReasonCode reason) {
    String path = "/api/series/" + series.uid();
    ReviewClient reader = on.up().administrator();
    Deadline.await(
        "review knows why",
        () ->
            reader
                .find(path)
                .filter(told -> told.findValuesAsText("reason").contains(reason.code()))
                .isPresent());
  }

  private void requireWork(ModelsInstallation on, String name) throws IOException {
    on.bring(folder, name, "1.0.0", name, SmallNetwork.threshold(0));
    on.propose(series(name + " series"));
    assertTrue(on.up().administrator().get("/health").path("healthy").asBoolean());
  }

  private SmallSeries series(String description) throws IOException {
    return SmallSeries.write(folder, description);
  }
}

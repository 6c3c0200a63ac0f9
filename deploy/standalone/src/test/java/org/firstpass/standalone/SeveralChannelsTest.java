package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One network over two series of a study, whichever is there first. */
@ExtendWith(ModelsInstallation.One.class)
class SeveralChannelsTest {
  @TempDir Path folder;

  @Test
  void theFirstChannelsSeriesHasTheProposalThoughItCameFirst(ModelsInstallation on)
      throws IOException {
    bring(on, "forwards");
    SmallSeries first = SmallSeries.write(folder, "forwards", "forwards-early", 3);
    SmallSeries second = SmallSeries.write(folder, "forwards", "forwards-late", 3);
    assertEquals(ReasonCode.CHANNEL_MISSING, on.end(first));
    assertEquals(ReasonCode.USED_AS_CHANNEL, on.end(second));
    requireProposal(on, first, second);
  }

  @Test
  void theFirstChannelsSeriesHasTheProposalThoughItCameLast(ModelsInstallation on)
      throws IOException {
    bring(on, "backwards");
    SmallSeries first = SmallSeries.write(folder, "backwards", "backwards-early", 3);
    SmallSeries second = SmallSeries.write(folder, "backwards", "backwards-late", 3);
    assertEquals(ReasonCode.USED_AS_CHANNEL, on.end(second));
    assertTrue(on.up().send(first.files()).isComplete());
    on.proposal(first);
    requireProposal(on, first, second);
  }

  @Test
  void aSeriesInAnotherFrameOfReferenceIsNoChannel(ModelsInstallation on) throws IOException {
    bring(on, "elsewhere");
    SmallSeries first = SmallSeries.write(folder, "elsewhere", "elsewhere-early", 3);
    SmallSeries second = SmallSeries.write(folder, "elsewhere", "elsewhere-late", 4);
    on.end(second);
    assertEquals(ReasonCode.CHANNEL_MISSING, on.end(first));
    ProposalRefused refused = on.told(first.uid(), ProposalRefused.class).get(0);
    assertTrue(
        refused.explanation().contains("another frame of reference: [" + second.uid() + "]"),
        refused::toString);
    assertEquals(0, on.up().watch().proposals(first.uid()).size());
  }

  private void bring(ModelsInstallation on, String name) throws IOException {
    on.bring(
        SmallPackage.ofTwo(
            folder, name, name + "-early", name + "-late", SmallNetwork.threshold(0, 0)),
        "serving");
  }

  private static void requireProposal(
      ModelsInstallation on, SmallSeries first, SmallSeries second) {
    Deadline.await(
        "the proposal is told", () -> on.up().watch().proposals(first.uid()).size() == 1);
    ProposalMade made = on.up().watch().proposals(first.uid()).get(0);
    assertTrue(made.scores().get(0).voxels() > 0, made::toString);
    ReviewClient reader = on.up().administrator();
    Deadline.await("it has a task", () -> Tasks.waiting(reader, first.uid()).size() == 1);
    assertEquals(0, Tasks.waiting(reader, second.uid()).size());
    assertEquals(0, on.up().watch().proposals(second.uid()).size());
  }
}

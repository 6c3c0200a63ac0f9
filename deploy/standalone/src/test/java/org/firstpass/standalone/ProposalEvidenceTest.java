package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SegmentScore;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.UncertaintyMapCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a reader is told of a proposal of the package that comes along. */
@ExtendWith(ModelsInstallation.One.class)
class ProposalEvidenceTest {
  private static final int SLICES = 44;

  @TempDir Path folder;

  @Test
  void aProposalSaysWhereItIsUnsureWhyItWasMadeAndTheNextHowLongItTakes(ModelsInstallation on)
      throws IOException {
    ProposalMade first = propose(on, 901);
    ObjectReference map = first.notes().uncertaintyMap();
    assertNotNull(map);
    byte[] doubt =
        UncertaintyMapCodec.decode(
            on.up().infrastructure().objects().read(map.digest()),
            on.up().labels(first).geometry().size());
    assertTrue(IntStream.range(0, doubt.length).anyMatch(voxel -> doubt[voxel] != 0));
    assertEquals(SLICES, first.notes().sliceUncertainty().size());
    assertTrue(first.notes().sliceUncertainty().stream().anyMatch(each -> each > 0));
    assertEquals("cpu", first.notes().device());
    for (SegmentScore score : first.scores()) {
      assertTrue(score.voxels() > 0 && score.uncertainty() > 0, score::toString);
      assertEquals(isCalibrated(first), score.quality() != null, score::toString);
    }
    ReviewClient reader = on.up().administrator();
    JsonNode task = task(reader, first);
    assertTrue(task.path("uncertaintyMap").asBoolean(), task::toString);
    String route = "/api/series/" + first.series() + "/route";
    Deadline.await("the route is kept", () -> reader.find(route).isPresent());
    assertTrue(reader.get(route).path("explanation").toString().contains("phantom-abdomen"));
    ProposalMade second = propose(on, 902);
    ProposalStarted started = on.told(second.series(), ProposalStarted.class).get(0);
    assertNotNull(started.expectedMillis());
    assertTrue(started.expectedMillis() > 0, started::toString);
  }

  private ProposalMade propose(ModelsInstallation on, long seed) throws IOException {
    PhantomSeries series = PhantomSeries.write(folder, seed, SLICES);
    return on.propose(new SmallSeries(series.uid(), series.files()));
  }

  private static boolean isCalibrated(ProposalMade made) {
    PackageReference of = made.modelPackage();
    return ModelCatalogue.load(List.of(Repository.packages()))
            .find(of.name(), of.version())
            .orElseThrow()
            .manifest()
            .calibration()
        != null;
  }

  private static JsonNode task(ReviewClient reader, ProposalMade made) {
    Deadline.await("it has a task", () -> Tasks.waiting(reader, made.series()).size() == 1);
    String id = Tasks.waiting(reader, made.series()).get(0).path("id").asText();
    return reader.get("/api/tasks/" + id);
  }
}

package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.PackageReference;
import org.firstpass.event.RequestedBox;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.proposal.Proposal;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a reader's request to look at a box again. */
final class RerunTest {
  private static final RequestedBox BOX = new RequestedBox(6, 8, 4, 13, 17, 8);
  private static final VoxelBox VOXELS = new VoxelBox(6, 8, 4, 13, 17, 8);
  private static final UUID REQUEST = UUID.fromString("00000000-0000-5000-8000-0000000000a2");

  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<RerunAnswered> answers = new ArrayList<>();
  private FileObjectStore store;
  private SeriesArrived series;
  private PackageShelf shelf;

  @BeforeEach
  void store() {
    store = new FileObjectStore(folder.resolve("objects"));
    series = SampleArrival.stored(store, "700", SampleArrival.block());
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  private RerunHandler handler() {
    WorkerConfig config = HandledArrivals.config(folder.resolve("packages"));
    var metrics = new WorkerMetrics(registry);
    var loading =
        new PackageLoading(
            config.run().execution(), CostModel.inMemory(), new InferenceMetrics(registry));
    shelf = new PackageShelf(config.packages(), loading, metrics);
    shelf.look();
    var run = new NetworkRun(loading, metrics, shelf, Long.MAX_VALUE);
    return new RerunHandler(
        shelf, new BoxRun(run), store, metrics, answers::add, HandledArrivals.CLOCK);
  }

  private ModelPackage packaged(SampleManifest sample) {
    return SamplePackage.threshold(folder.resolve("packages"), sample, 0);
  }

  private RerunRequested request(PackageReference model, RequestedBox box) {
    return new RerunRequested(
        REQUEST, SampleArrival.TIME, series.input(), UUID.randomUUID(), model, box);
  }

  private RerunAnswered answerOf(RerunRequested request) {
    handler().handle(request, 1);
    assertEquals(1, answers.size());
    return answers.get(0);
  }

  private LabelMap stored(RerunAnswered answer) {
    assertNotNull(answer.labels(), () -> String.valueOf(answer));
    return LabelMapCodec.decode(store.read(answer.labels().digest()));
  }

  @Test
  void theBoxHasWhatARunOnItAndWhatTheNetworkSeesAroundItGives() {
    GridGeometry grid = SampleArrival.GRID;
    var windows =
        new SampleManifest()
            .grid("SPL", new GridSpec.Spaced(List.of(1.3, 1.1, 0.9)))
            .sliding(8, 0.25);
    ModelPackage model = packaged(windows);
    LabelMap found = stored(answerOf(request(model.reference(), BOX)));
    // Half of 8 voxels of the largest spacing on the network's grid.
    VoxelBox seen = VOXELS.grown(4 * 1.3, grid.spacing(), grid.size());
    var region = new RegionOfInterest(grid, seen);
    var values = new float[seen.size().voxels()];
    for (int at = 0; at < values.length; at++) {
      values[at] =
          SampleArrival.isBlock(
                  seen.firstColumn() + at % seen.size().columns(),
                  seen.firstRow() + at / seen.size().columns() % seen.size().rows(),
                  seen.firstSlice() + at / seen.size().voxelsPerSlice())
              ? 500
              : -1000;
    }
    Proposal alone;
    try (var segmenter = new SeriesSegmenter(ExecutionSettings.cpu(2), Long.MAX_VALUE, registry)) {
      alone =
          segmenter.segment(
              Volume.ofValues(region.grid(), values), model, Sha256.of(new byte[] {1}));
    }
    GridSize size = VOXELS.size();
    assertEquals(size, found.geometry().size());
    assertTrue(found.geometry().isSameGridAs(new RegionOfInterest(grid, VOXELS).grid()));
    for (int at = 0; at < size.voxels(); at++) {
      int column = VOXELS.firstColumn() + at % size.columns() - seen.firstColumn();
      int row = VOXELS.firstRow() + at / size.columns() % size.rows() - seen.firstRow();
      int slice = VOXELS.firstSlice() + at / size.voxelsPerSlice() - seen.firstSlice();
      assertEquals(alone.labels().labelAt(column, row, slice), found.labelAt(at), "voxel " + at);
    }
    assertTrue(found.histogram()[1] > 0 && found.histogram()[0] > 0, "a border lies in the box");
  }

  @Test
  void aRequestThatIsDeliveredAgainGetsTheSameAnswer() {
    ModelPackage model = packaged(new SampleManifest());
    RerunRequested request = request(model.reference(), BOX);
    RerunHandler handler = handler();
    handler.handle(request, 1);
    handler.handle(request, 2);
    assertEquals(2, answers.size());
    assertEquals(answers.get(0).id(), answers.get(1).id());
    assertEquals(answers.get(0).labels(), answers.get(1).labels());
    assertEquals(REQUEST, answers.get(0).request());
    assertNull(answers.get(0).reason());
  }

  @Test
  void aPackageThatIsNotTheProposalsOrNotServedAnyMoreIsNotRun() {
    ModelPackage model = packaged(new SampleManifest());
    var other =
        new PackageReference(
            model.reference().name(), model.reference().version(), Sha256.of(new byte[] {2}));
    RerunAnswered answer = answerOf(request(other, BOX));
    assertEquals(ReasonCode.NO_PACKAGE, answer.reason());
    assertNull(answer.labels());
  }

  @Test
  void aPackageThatAlwaysTakesTheSameGridOfThePatientIsNotRunInABox() {
    var conformed = new GridSpec.Conformed(List.of(16, 16, 16), List.of(1.0, 1.0, 1.0));
    ModelPackage model = packaged(new SampleManifest().grid("SPL", conformed));
    assertEquals(ReasonCode.RERUN_UNFIT, answerOf(request(model.reference(), BOX)).reason());
  }

  @Test
  void aBoxBeyondTheSeriesIsRefused() {
    ModelPackage model = packaged(new SampleManifest());
    var beyond = new RequestedBox(6, 8, 4, 13, 17, 12);
    RerunAnswered answer = answerOf(request(model.reference(), beyond));
    assertEquals(ReasonCode.OFF_GRID, answer.reason());
    assertNotNull(answer.explanation());
  }

  @Test
  void aNetworkThatFailsIsToldToTheReaderAndLeftInTheDeadLetters() {
    ModelManifest draft = new SampleManifest().name("broken").draft();
    Path broken = SamplePackage.folder(folder.resolve("packages"), draft);
    TinyNetwork.writeLogarithm(
        broken.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {1, 50});
    ModelPackage model = SamplePackage.seal(broken, draft);
    RerunHandler handler = handler();
    RerunRequested request = request(model.reference(), BOX);
    Defect defect = assertThrows(Defect.class, () -> handler.handle(request, 1));
    assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
    assertEquals(ReasonCode.OUTPUT_NOT_FINITE, answers.get(0).reason());
  }
}

package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArrivalHandlerTest {
  private static final Clock CLOCK = HandledArrivals.CLOCK;

  @TempDir private Path folder;
  private final List<FirstpassEvent> told = new ArrayList<>();
  private final List<FirstpassEvent> started = new ArrayList<>();
  private final List<HandledArrivals> opened = new ArrayList<>();
  private long heapBytes = Long.MAX_VALUE;
  private static FileObjectStore store;

  /** One for all: making its folders takes longer than a test. */
  @BeforeAll
  static void open(@TempDir Path shared) {
    store = new FileObjectStore(shared);
  }

  @AfterEach
  void close() {
    opened.forEach(HandledArrivals::close);
  }

  @Test
  void aSeriesBecomesAProposalWhoseMaskLiesWhereTheNetworkSawIt() {
    SeriesArrived event = SampleArrival.stored(store, "1", SampleArrival.block());
    // Another orientation and order of axes than the series has, so a flip would show.
    SampleManifest draft = new SampleManifest().grid("LIA", new GridSpec.Source());
    handler(SamplePackage.threshold(folder, draft, 0)).handle(event, 1);
    ProposalMade made = assertInstanceOf(ProposalMade.class, told.get(0));
    LabelMap labels = LabelMapCodec.decode(store.read(made.labels().digest()));
    GridSize size = labels.geometry().size();
    assertEquals(SampleArrival.GRID.size(), size);
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          assertEquals(
              SampleArrival.isBlock(column, row, slice) ? 1 : 0,
              labels.labelAt(column, row, slice));
        }
      }
    }
    assertEquals(6 * 11 * 8, made.scores().get(0).voxels());
    assertEquals(CLOCK.instant(), made.time());
    assertEquals(event.input(), made.input());
    assertEquals(1, registry().get("worker.series").tag("outcome", "proposed").timer().count());
    for (String stage : List.of("survey", "read", "prepare", "infer", "clean", "score", "store")) {
      assertTrue(registry().get("worker.stage").tag("stage", stage).timer().count() > 0, stage);
    }
  }

  @Test
  void theSegmentationHasTheSameVoxelsAsTheLabelMap() {
    SeriesArrived event = SampleArrival.stored(store, "2", SampleArrival.block());
    handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(event, 1);
    ProposalMade made = assertInstanceOf(ProposalMade.class, told.get(0));
    byte[] dicom = store.read(made.segmentation().digest());
    Segmentation segmentation = SegmentationReader.read(() -> new ByteArrayInputStream(dicom));
    LabelMap labels = LabelMapCodec.decode(store.read(made.labels().digest()));
    LabelMap read = segmentation.toLabelMap(labels.geometry(), made.schema());
    assertArrayEquals(labels.toArray(), read.toArray());
  }

  @Test
  void theSameArrivalAgainTellsTheSameFactAndWritesTheSameBytes() {
    SeriesArrived event = SampleArrival.stored(store, "3", SampleArrival.block());
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0);
    handler(model).handle(event, 1);
    handler(model).handle(event, 2);
    ProposalMade first = assertInstanceOf(ProposalMade.class, told.get(0));
    ProposalMade again = assertInstanceOf(ProposalMade.class, told.get(1));
    assertEquals(first.id(), again.id());
    assertEquals(first.segmentation(), again.segmentation());
    assertEquals(first.labels(), again.labels());
    assertEquals(first.scores(), again.scores());
  }

  @Test
  void aSeriesThatNoPackageAcceptsIsRefusedAndToldOnce() {
    SeriesArrived event = SampleArrival.stored(store, "4", SampleArrival.block());
    var mr = new Applicability(List.of("MR"), null, null, null, null, 1);
    handler(SamplePackage.threshold(folder, new SampleManifest().accepts(mr), 0)).handle(event, 1);
    handler().handle(event, 2);
    ProposalRefused refused = assertInstanceOf(ProposalRefused.class, told.get(0));
    assertEquals(ReasonCode.NO_PACKAGE, refused.reason());
    assertEquals(refused.id(), told.get(1).id());
    assertEquals(1, registry().get("worker.series").tag("outcome", "refused").timer().count());
  }

  @Test
  void whatOthersDrewIsLeftToReview() {
    SeriesArrived image = SampleArrival.stored(store, "41", SampleArrival.block());
    for (String modality : List.of("SEG", "RTSTRUCT")) {
      var drawn = new SeriesArrived(image.id(), image.time(), image.input(), modality, 1);
      handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(drawn, 1);
    }
    assertEquals(List.of(), told);
    assertEquals(List.of(), started);
  }

  @Test
  void aSeriesInWhichNothingIsFoundIsRefusedAndNotAnEmptyMask() {
    SeriesArrived event = SampleArrival.stored(store, "5", SampleArrival.block());
    handler(SamplePackage.threshold(folder, new SampleManifest(), 1e6f)).handle(event, 1);
    ProposalRefused refused = assertInstanceOf(ProposalRefused.class, told.get(0));
    assertEquals(ReasonCode.NOTHING_FOUND, refused.reason());
    assertTrue(refused.explanation().contains("found nothing"), refused.explanation());
  }

  @Test
  void aSeriesThatNeedsTooMuchMemoryIsRefusedBeforeItsPixelsAreRead() {
    heapBytes = 10_000;
    SeriesArrived event = SampleArrival.stored(store, "6", SampleArrival.block());
    handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(event, 1);
    ProposalRefused refused = assertInstanceOf(ProposalRefused.class, told.get(0));
    assertEquals(ReasonCode.TOO_LARGE, refused.reason());
    assertEquals(
        0,
        registry().get("worker.stage").tag("stage", "read").timer().count(),
        "before a pixel was read");
  }

  @Test
  void aGapBetweenSlicesIsRefusedWithItsOwnCode() {
    SeriesArrived whole = SampleArrival.stored(store, "7", SampleArrival.block());
    SeriesRevision revision =
        SeriesRevisionCodec.decode(store.read(whole.input().manifest().digest()));
    List<InstanceReference> some = new ArrayList<>(revision.instances());
    some.remove(5);
    SeriesArrived event =
        SampleArrival.arrived(store, new SeriesRevision(revision.reference(), 1, some));
    handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(event, 1);
    ProposalRefused refused = assertInstanceOf(ProposalRefused.class, told.get(0));
    assertEquals(ReasonCode.MISSING_SLICES, refused.reason());
  }

  @Test
  void anObjectThatIsGoneIsAFailureThatIsToldAndRethrown() {
    var missing =
        new InstanceReference(
            new SopInstanceUid("1.2.3"),
            new SopClassUid("1.2.840.10008.5.1.4.1.1.2"),
            Sha256.of(new byte[] {9}),
            1);
    var reference = new StudyReference(new StudyInstanceUid("1.2"), new SeriesInstanceUid("1.2.8"));
    SeriesArrived event =
        SampleArrival.arrived(store, new SeriesRevision(reference, 1, List.of(missing)));
    Defect defect = assertThrows(Defect.class, () -> handler().handle(event, 1));
    assertEquals(ReasonCode.OBJECT_MISSING, defect.code());
    ProposalFailed failed = assertInstanceOf(ProposalFailed.class, told.get(0));
    assertEquals(ReasonCode.OBJECT_MISSING, failed.reason());
    assertEquals(1, registry().get("worker.series").tag("outcome", "failed").timer().count());
  }

  @Test
  void aNetworkThatAnswersNotANumberFailsAndTheNextSeriesIsServed() throws IOException {
    SeriesArrived event = SampleArrival.stored(store, "9", SampleArrival.block());
    ModelManifest draft = new SampleManifest().name("broken").draft();
    Path broken = SamplePackage.folder(folder, draft);
    // The logarithm is not a number in air, and is one for the golden input.
    TinyNetwork.writeLogarithm(
        broken.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {1, 50});
    ModelPackage poisoned = SamplePackage.seal(broken, draft);
    ArrivalHandler handler = handler(poisoned);
    Defect defect = assertThrows(Defect.class, () -> handler.handle(event, 1));
    assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
    assertInstanceOf(ProposalFailed.class, told.get(0));
    Files.delete(broken.resolve(ModelPackage.MANIFEST_FILE));
    handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(event, 2);
    assertInstanceOf(ProposalMade.class, told.get(1));
  }

  @Test
  void aBrokerThatIsAwayMeansTheSameArrivalLater() {
    SeriesArrived event = SampleArrival.stored(store, "10", SampleArrival.block());
    ArrivalHandler handler =
        handler(
            any -> {
              throw new TryAgainLater(ReasonCode.BROKER_UNAVAILABLE, "away");
            },
            SamplePackage.threshold(folder, new SampleManifest(), 0));
    assertThrows(TryAgainLater.class, () -> handler.handle(event, 1));
    assertEquals(1, registry().get("worker.series").tag("outcome", "later").timer().count());
  }

  @Test
  void aLibraryThatDoesNotLinkEndsTheSeriesAndNotTheWorker() {
    SeriesArrived event = SampleArrival.stored(store, "13", SampleArrival.block());
    var broken = new AtomicBoolean(true);
    ArrivalHandler handler =
        handler(
            told -> {
              if (told instanceof ProposalStarted && broken.getAndSet(false)) {
                throw new UnsatisfiedLinkError("no such library");
              }
              tell(told);
            },
            SamplePackage.threshold(folder, new SampleManifest(), 0));
    Defect defect = assertThrows(Defect.class, () -> handler.handle(event, 1));
    assertEquals(ReasonCode.DEVICE_UNAVAILABLE, defect.code());
    assertInstanceOf(ProposalFailed.class, told.get(0));
    handler.handle(event, 2);
    assertInstanceOf(ProposalMade.class, told.get(1));
  }

  @Test
  void aWorkerThatIsStoppedHasNotFailed() {
    SeriesArrived event = SampleArrival.stored(store, "11", SampleArrival.block());
    ArrivalHandler handler = handler(SamplePackage.threshold(folder, new SampleManifest(), 0));
    Thread.currentThread().interrupt();
    try {
      assertThrows(RuntimeException.class, () -> handler.handle(event, 1));
      assertTrue(told.isEmpty(), told.toString());
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt must stay for the loop to see");
    }
  }

  @Test
  void noEventNamesThePatient() {
    SeriesArrived event = SampleArrival.stored(store, "12", SampleArrival.block());
    handler(SamplePackage.threshold(folder, new SampleManifest(), 0)).handle(event, 1);
    handler().handle(event, 2);
    assertFalse(told.toString().contains("Nobody"));
    assertFalse(told.toString().contains("P-1"));
  }

  /** With the packages that lie in the folder. */
  private ArrivalHandler handler(ModelPackage... packages) {
    return handler(this::tell, packages);
  }

  private ArrivalHandler handler(Telling.Publisher publisher, ModelPackage... packages) {
    Path root = packages.length == 0 ? folder.resolve("none") : folder;
    WorkerConfig config = HandledArrivals.config(root);
    config =
        HandledArrivals.with(
            config, new RunConfig(config.run().execution(), heapBytes, null, true));
    var arrivals = new HandledArrivals(store, config, publisher);
    opened.add(arrivals);
    return arrivals.handler();
  }

  private void tell(FirstpassEvent event) {
    if (event instanceof ProposalStarted) {
      started.add(event);
    } else {
      told.add(event);
    }
  }

  private MeterRegistry registry() {
    return opened.get(opened.size() - 1).registry();
  }
}

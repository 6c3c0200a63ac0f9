package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that sees two series of a study. */
final class SeveralChannelsTest {
  private static FileObjectStore store;
  private static SeriesArrived first;
  private static SeriesArrived second;
  private static SeriesArrived elsewhere;

  @TempDir private Path packages;

  @BeforeAll
  static void series(@TempDir Path folder) {
    store = new FileObjectStore(folder);
    // The sum of both is above 900 only where both blocks are.
    first = SampleArrival.stored(store, "311", SampleArrival.block(), "native first");
    second = SampleArrival.stored(store, "312", lowerHalf(SampleArrival.GRID), "late second");
    GridGeometry grid = SampleArrival.GRID;
    var other =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.8"),
            grid.size(),
            grid.position(),
            grid.axes(),
            grid.spacing());
    elsewhere = SampleArrival.stored(store, "313", lowerHalf(other), "late second moved");
  }

  @BeforeEach
  void seal() {
    SamplePackages.sum(
        packages,
        new SampleManifest().name("both").accepts(SamplePackages.described("first")),
        "second",
        900);
  }

  @Test
  void theLaterSeriesOfTheTwoCompletesTheProposalOfTheFirst() {
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(first, 1);
      ProposalRefused missing = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(0));
      assertEquals(ReasonCode.CHANNEL_MISSING, missing.reason());
      assertTrue(missing.explanation().contains("channel second"), missing.explanation());
      assertTrue(missing.explanation().contains("2.25.7"), missing.explanation());
      arrivals.handler().handle(SampleArrival.among(second, first), 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(1));
      assertEquals(first.input(), made.input());
      ProposalRefused used = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(2));
      assertEquals(ReasonCode.USED_AS_CHANNEL, used.reason());
      assertEquals(second.input(), used.input());
      requireBothBlocks(made);
    }
  }

  @Test
  void theFirstSeriesMayComeLast() {
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(second, 1);
      ProposalRefused waits = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(0));
      assertEquals(ReasonCode.USED_AS_CHANNEL, waits.reason());
      arrivals.handler().handle(SampleArrival.among(first, second), 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(1));
      assertEquals(first.input(), made.input());
      assertEquals(2, arrivals.ends().size());
      requireBothBlocks(made);
    }
  }

  @Test
  void bothOrdersAreOneProposal() {
    try (var one = new HandledArrivals(store, packages);
        var other = new HandledArrivals(store, packages)) {
      one.handler().handle(SampleArrival.among(second, first), 1);
      other.handler().handle(SampleArrival.among(first, second), 1);
      ProposalMade byChannel = made(one.ends());
      ProposalMade byFirst = made(other.ends());
      assertEquals(byFirst.id(), byChannel.id());
      assertEquals(byFirst.labels(), byChannel.labels());
      assertEquals(byFirst.segmentation(), byChannel.segmentation());
    }
  }

  @Test
  void bothAtOnceOnTwoWorkersAreOneProposal() throws Exception {
    List<FirstpassEvent> told = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try (var one = new HandledArrivals(store, packages);
        var other = new HandledArrivals(store, packages)) {
      var together = new CountDownLatch(2);
      // As the gateway tells them: the one that is told later has the other as its sibling.
      Future<?> a = workers.submit(() -> handle(one, first, together));
      Future<?> b =
          workers.submit(() -> handle(other, SampleArrival.among(second, first), together));
      a.get(60, TimeUnit.SECONDS);
      b.get(60, TimeUnit.SECONDS);
      told.addAll(one.ends());
      told.addAll(other.ends());
    } finally {
      workers.shutdownNow();
    }
    assertEquals(1, told.stream().filter(ProposalMade.class::isInstance).count());
    assertEquals(first.input(), made(told).input());
  }

  @Test
  void aSeriesInAnotherFrameOfReferenceIsNoChannel() {
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(SampleArrival.among(first, elsewhere), 1);
      ProposalRefused missing = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(0));
      assertEquals(ReasonCode.CHANNEL_MISSING, missing.reason());
      String uid = elsewhere.input().reference().series().value();
      assertTrue(missing.explanation().contains(uid), missing.explanation());
      assertFalse(missing.explanation().contains("moved"), missing.explanation());
    }
  }

  @Test
  void aSeriesThatAnotherPackageTakesIsProposedAlthoughItIsAChannelToo() {
    SamplePackage.threshold(
        packages,
        new SampleManifest().name("alone").accepts(SamplePackages.described("second")),
        0);
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(SampleArrival.among(second, first), 1);
      List<ProposalMade> made =
          arrivals.ends().stream().map(each -> assertInstanceOf(ProposalMade.class, each)).toList();
      assertEquals(
          List.of(second.input(), first.input()), made.stream().map(ProposalMade::input).toList());
    }
  }

  @Test
  void anotherChannelIsAnotherProposal() {
    SeriesArrived again =
        SampleArrival.stored(store, "314", SampleArrival.block(), "another second");
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(SampleArrival.among(first, second), 1);
      arrivals.handler().handle(SampleArrival.among(first, again), 1);
      assertFalse(
          made(arrivals.ends().subList(0, 1))
              .id()
              .equals(made(arrivals.ends().subList(1, 2)).id()));
    }
  }

  private static void handle(HandledArrivals worker, SeriesArrived event, CountDownLatch together) {
    together.countDown();
    try {
      together.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    worker.handler().handle(event, 1);
  }

  private static ProposalMade made(List<FirstpassEvent> told) {
    return told.stream()
        .filter(ProposalMade.class::isInstance)
        .map(ProposalMade.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void requireBothBlocks(ProposalMade made) {
    LabelMap labels = LabelMapCodec.decode(store.read(made.labels().digest()));
    GridSize size = labels.geometry().size();
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          boolean both = SampleArrival.isBlock(column, row, slice) && isLower(row);
          assertEquals(both ? 1 : 0, labels.labelAt(column, row, slice));
        }
      }
    }
  }

  private static boolean isLower(int row) {
    return row >= 10;
  }

  private static Volume lowerHalf(GridGeometry grid) {
    var values = new float[grid.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = isLower(i / grid.size().columns() % grid.size().rows()) ? 500 : -1000;
    }
    return Volume.ofValues(grid, values);
  }
}

package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.CropSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.store.FileObjectStore;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coarse package's box feeds a fine one. */
final class CascadeTest {
  private static final SampleManifest COARSE =
      new SampleManifest().name("coarse").accepts(SamplePackages.described("nothing"));
  private static final SampleManifest FINE = new SampleManifest().name("fine");

  private static FileObjectStore store;
  private static SeriesArrived event;

  @TempDir private Path packages;

  @BeforeAll
  static void series(@TempDir Path folder) {
    store = new FileObjectStore(folder);
    event = SampleArrival.stored(store, "301", blockAndCrumb());
  }

  @Test
  void theFinePackageMarksNothingOutsideOfWhatTheCoarseOneFound() {
    SamplePackage.threshold(packages, COARSE, 400);
    SamplePackages.cropped(packages, FINE, 200, coarse("coarse", null, List.of()));
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals("fine", made.modelPackage().name());
      LabelMap labels = LabelMapCodec.decode(store.read(made.labels().digest()));
      GridSize size = labels.geometry().size();
      for (int at = 0; at < size.voxels(); at++) {
        int column = at % size.columns();
        int row = at / size.columns() % size.rows();
        int slice = at / size.voxelsPerSlice();
        // The crumb is above the fine threshold, but lies outside of the box.
        int expected = SampleArrival.isBlock(column, row, slice) ? 1 : 0;
        assertEquals(expected, labels.labelAt(at), column + " " + row + " " + slice);
      }
    }
  }

  @Test
  void whereTheCoarsePackageFindsNothingTheSeriesIsRefused() {
    SamplePackage.threshold(packages, COARSE, 1e6f);
    SamplePackages.cropped(packages, FINE, 200, coarse("coarse", null, List.of()));
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      ProposalRefused refused = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(0));
      assertEquals(ReasonCode.REGION_NOT_FOUND, refused.reason());
      assertTrue(refused.explanation().contains("coarse 1.0.0"), refused.explanation());
    }
  }

  @Test
  void anotherCoarseVersionMakesAnotherProposal() {
    SamplePackage.threshold(packages, COARSE, 400);
    SamplePackages.cropped(packages, FINE, 200, coarse("coarse", null, List.of()));
    ProposalMade before;
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      before = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      SamplePackage.threshold(
          packages,
          new SampleManifest()
              .name("coarse")
              .version("1.1.0")
              .accepts(SamplePackages.described("nothing")),
          300);
      arrivals.shelf().look();
      arrivals.shelf().look();
      arrivals.handler().handle(event, 2);
      ProposalMade after = assertInstanceOf(ProposalMade.class, arrivals.ends().get(1));
      assertNotEquals(before.id(), after.id());
    }
  }

  @Test
  void packagesThatWaitForEachOtherAreNotServedAndSaySo() {
    SamplePackages.cropped(packages, FINE, 0, coarse("other", null, List.of()));
    SamplePackages.cropped(
        packages, new SampleManifest().name("other"), 0, coarse("fine", "1.0.0", List.of()));
    requireHindrance("leads back to fine 1.0.0 itself");
  }

  @Test
  void aPackageWhoseCoarseOneIsNotThereIsNotServedAndSaysSo() {
    SamplePackages.cropped(packages, FINE, 0, coarse("coarse", "2.0.0", List.of()));
    requireHindrance("needs package coarse 2.0.0, which does not run here");
  }

  @Test
  void aSegmentThatTheCoarsePackageDoesNotHaveIsRefusedAtLoad() {
    SamplePackage.threshold(packages, COARSE, 400);
    SamplePackages.cropped(packages, FINE, 0, coarse("coarse", null, List.of(7)));
    requireHindrance("input.crop.segments has 7");
  }

  private void requireHindrance(String said) {
    try (var arrivals = new HandledArrivals(store, packages)) {
      assertTrue(
          arrivals.shelf().served().serving().stream()
              .map(ModelPackage::label)
              .noneMatch("fine 1.0.0"::equals));
      assertTrue(
          arrivals.shelf().statuses().stream()
              .anyMatch(each -> String.valueOf(each.reason()).contains(said)),
          () -> arrivals.shelf().statuses().toString());
    }
  }

  private static CropSpec coarse(String name, String version, List<Integer> segments) {
    return new CropSpec.Coarse(name, version, segments, 0);
  }

  /** The block of 500, and one voxel of 300 in a corner. */
  private static Volume blockAndCrumb() {
    Volume block = SampleArrival.block();
    var values = new float[block.geometry().size().voxels()];
    block.copyTo(0, values, 0, values.length);
    values[0] = 300;
    return Volume.ofValues(block.geometry(), values);
  }
}

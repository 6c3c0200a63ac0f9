package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.dicom.ArchivedContent;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.ObjectScu;
import org.firstpass.dicom.StoreAnswer.Kind;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.WebAddress;
import org.firstpass.peer.WebCalls;
import org.firstpass.study.Sha256;
import org.firstpass.testing.OrthancServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Orthanc: what counts as delivered is there. */
class OrthancDeliveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void resultsArriveByStoreAndByStowAndAreReadBack() {
    try (var orthanc = new OrthancServer(folder);
        var fixture =
            new DeliveryFixture(
                folder, dimse(orthanc), DeliveryFixture.stow("stow", address(orthanc)))) {
      SampleResult result = fixture.propose();
      fixture.awaitState("dimse", DeliveryState.DELIVERED, 1);
      fixture.awaitState("stow", DeliveryState.DELIVERED, 1);
      assertEquals(1, orthanc.instances());
      fixture.lanes.take(result.correction());
      fixture.awaitState("dimse", DeliveryState.DELIVERED, 2);
      fixture.awaitState("stow", DeliveryState.DELIVERED, 2);
      assertEquals(2, orthanc.instances());
    }
  }

  @Test
  void everyKindOfObjectIsKeptAsItWasSent() {
    try (var orthanc = new OrthancServer(folder);
        var fixture =
            new DeliveryFixture(
                folder,
                every("runs", address(orthanc), null, SegmentationForm.LABELMAP_RLE),
                every("labels", null, dimseAddress(orthanc), SegmentationForm.LABELMAP_RLE),
                every("fractions", null, dimseAddress(orthanc), SegmentationForm.FRACTIONAL))) {
      SampleResult result = fixture.propose();
      fixture.lanes.take(result.correction());
      for (String name : List.of("runs", "labels", "fractions")) {
        fixture.awaitState(name, DeliveryState.DELIVERED, 7);
      }
      // What refers to a SEG is another object where the SEG is.
      assertEquals(12, orthanc.instances());
      long runLength =
          orthanc.texts("/instances").stream()
              .map(id -> orthanc.text("/instances/" + id + "/metadata/TransferSyntax"))
              .filter("1.2.840.10008.1.2.5"::equals)
              .count();
      assertEquals(2, runLength);
    }
  }

  private static Destination every(
      String name, @Nullable WebAddress stow, @Nullable DimseAddress dimse, SegmentationForm form) {
    return new Destination(
        name,
        dimse,
        stow,
        List.of(ObjectKind.SEG, ObjectKind.SR, ObjectKind.PM, ObjectKind.KOS),
        List.of(ObjectKind.SEG, ObjectKind.RTSTRUCT, ObjectKind.SR),
        form,
        ConfirmationKind.READ_BACK,
        DeliveryFixture.BUDGET,
        "30s",
        null,
        null);
  }

  private static DimseAddress dimseAddress(OrthancServer orthanc) {
    return new DimseAddress(
        "127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "FIRSTPASS", null);
  }

  private static WebAddress address(OrthancServer orthanc) {
    return new WebAddress(orthanc.dicomWeb(), null);
  }

  private static Destination dimse(OrthancServer orthanc) {
    return new Destination(
        "dimse",
        dimseAddress(orthanc),
        null,
        List.of(ObjectKind.SEG),
        List.of(ObjectKind.SEG),
        null,
        ConfirmationKind.READ_BACK,
        null,
        "30s",
        null,
        null);
  }

  @Test
  void whatWasNotSentIsNotConfirmedByFind() {
    try (var orthanc = new OrthancServer(folder);
        var fixture = new DeliveryFixture(folder)) {
      SampleResult result = SampleResult.in(fixture.store);
      InstanceSource proposed = source(fixture, result.proposal().segmentation().digest());
      InstanceSource accepted = source(fixture, result.correction().segmentation().digest());
      var peer =
          new DicomPeer("127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "FIRSTPASS");
      assertEquals(Kind.STORED, ObjectScu.store(peer, List.of(proposed), LIMIT).kind());
      assertTrue(ObjectScu.holds(peer, ObjectIdentity.read(proposed), LIMIT));
      assertFalse(ObjectScu.holds(peer, ObjectIdentity.read(accepted), LIMIT));
      var web = new WebReadBack(new WebCalls(address(orthanc)));
      assertEquals(Confirmation.Answer.KEPT, web.confirm(proposed, LIMIT));
      assertEquals(Confirmation.Answer.MISSING, web.confirm(accepted, LIMIT));
    }
  }

  @Test
  void contentThatDiffersInOnePixelIsNotKept() {
    try (var fixture = new DeliveryFixture(folder)) {
      SampleResult result = SampleResult.in(fixture.store);
      byte[] object = fixture.store.read(result.proposal().segmentation().digest());
      byte[] changed = object.clone();
      changed[changed.length - 1] ^= 1;
      ArchivedContent sent = ArchivedContent.of(() -> new ByteArrayInputStream(object));
      ArchivedContent kept = ArchivedContent.of(() -> new ByteArrayInputStream(changed));
      assertTrue(sent.isKeptAs(sent));
      assertFalse(sent.isKeptAs(kept));
    }
  }

  private static InstanceSource source(DeliveryFixture fixture, Sha256 digest) {
    return () -> fixture.store.open(digest);
  }
}

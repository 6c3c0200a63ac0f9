package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.InputStreamDataWriter;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageScpTest {
  private static final ScpConfig CONFIG = new ScpConfig("FIRSTPASS", "127.0.0.1", 0, Set.of());

  @TempDir private Path folder;
  private final Collected collected = new Collected();

  @Test
  void passesTheDataSetOnByteByByteBehindItsOwnFileMetaInformation() throws Exception {
    Path file = TestCt.files(folder, TestCt.oblique(5, 3, 1)).get(0);
    try (StorageScp scp = started(collected)) {
      StorageScu.send(peer(scp, "ONE"), List.of(file), 1, done -> {});
    }
    // The writer and the receiver use the same File Meta Information, so the whole file is the
    // same.
    assertArrayEquals(Files.readAllBytes(file), collected.files.values().iterator().next());
  }

  @Test
  void givesTheSameBytesWhoeverSendsAndFromAFileToo() throws Exception {
    Path file = TestCt.files(folder, TestCt.oblique(5, 3, 1)).get(0);
    byte[] foreign = Files.readAllBytes(file);
    System.arraycopy("OTHER".getBytes("US-ASCII"), 0, foreign, 0, 5);
    Path other = Files.write(folder.resolve("other.dcm"), foreign);
    try (StorageScp scp = started(collected)) {
      StorageScu.send(peer(scp, "ONE"), List.of(file), 1, done -> {});
      byte[] first = collected.files.values().iterator().next();
      StorageScu.send(peer(scp, "TWO"), List.of(other), 1, done -> {});
      byte[] second = collected.files.values().iterator().next();
      assertArrayEquals(first, second);
      try (var imported = IncomingInstance.ofFile(() -> Files.newInputStream(other)).part10()) {
        assertArrayEquals(first, imported.readAllBytes());
      }
    }
    assertEquals("ONE", collected.instances.get(0).sender().text());
    assertEquals("TWO", collected.instances.get(1).sender().text());
    assertEquals("FIRSTPASS", collected.instances.get(1).calledAeTitle());
  }

  @Test
  void takesManyAssociationsAtOnce() {
    List<Path> files = TestCt.files(folder, TestCt.oblique(16, 16, 40));
    try (StorageScp scp = started(collected)) {
      SendReport report = StorageScu.send(peer(scp, "MANY"), files, 12, done -> {});
      assertEquals(40, report.stored());
    }
    assertEquals(40, collected.files.size());
  }

  @Test
  void answersEveryFailureWithItsStatusAndCode() {
    assertStatus(0xA700, "FP2001", refusing(new TryAgainLater(ReasonCode.STORE_FULL, "secret")));
    assertStatus(
        0xC000, "FP1012", refusing(new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "secret")));
    assertStatus(0x0124, "FP1015", refusing(new StudyRefused(ReasonCode.OWN_OUTPUT, "secret")));
    assertStatus(0x0110, "FP3004", refusing(new Defect(ReasonCode.OBJECT_MISSING, "secret")));
    assertStatus(0x0110, "FP3999", refusing(new IllegalStateException("secret")));
  }

  @Test
  void refusesADataSetThatIsNotTheAnnouncedInstance() throws Exception {
    Path file = TestCt.files(folder, TestCt.oblique(5, 3, 1)).get(0);
    try (StorageScp scp = started(collected)) {
      Attributes response = store(scp, file, SopClasses.CT_IMAGE, "2.25.999");
      assertEquals(0xA900, response.getInt(Tag.Status, -1));
    }
    assertTrue(collected.files.isEmpty());
  }

  @Test
  void refusesAnInstanceUidThatIsNone() throws Exception {
    Path file = TestCt.files(folder, TestCt.oblique(5, 3, 1)).get(0);
    try (StorageScp scp = started(collected)) {
      Attributes response = store(scp, file, SopClasses.CT_IMAGE, "DOE^JOHN");
      assertEquals(0x0117, response.getInt(Tag.Status, -1));
    }
  }

  @Test
  void neverReportsAnInstanceWhoseSenderGoesAwayAndServesTheNext() throws Exception {
    Path file = TestCt.files(folder, TestCt.oblique(200, 200, 1)).get(0);
    try (StorageScp scp = started(collected);
        var node = new RequestorNode(peer(scp, "BREAKS"))) {
      OutgoingFile outgoing = OutgoingFile.of(file);
      Association association = node.open(List.of(outgoing.syntax()));
      assertThrows(
          Exception.class,
          () ->
              association.cstore(
                  outgoing.sopClass(),
                  outgoing.instance(),
                  0,
                  (out, syntax) -> {
                    out.write(new byte[300_000]);
                    association.getSocket().close();
                    out.write(new byte[300_000]);
                  },
                  UID.ExplicitVRLittleEndian));
      assertNotNull(
          collected.broken.poll(20, TimeUnit.SECONDS), "the receiver learns that it ended");
      assertTrue(collected.files.isEmpty());
      assertEquals(1, StorageScu.send(peer(scp, "NEXT"), List.of(file), 1, done -> {}).stored());
    }
  }

  @Test
  void acceptsEveryStorageClassAndPrivateTransferSyntaxesOnlyOfTheStandard() {
    assertTrue(SopClasses.isStorage(SopClasses.LABEL_MAP_SEGMENTATION));
    assertTrue(SopClasses.isStorage("1.2.840.10008.5.1.4.1.1.77.1.6"));
    assertTrue(SopClasses.isStorage("1.2.840.10008.5.1.4.1.1.99999"));
    assertEquals(false, SopClasses.isStorage("1.2.840.10008.5.1.4.1.1.201.2"));
    assertEquals(false, SopClasses.isStorage(UID.StudyRootQueryRetrieveInformationModelFind));
    assertTrue(TransferSyntaxes.isStorable("1.2.840.10008.1.2.4.201"));
    assertTrue(TransferSyntaxes.isStorable(UID.DeflatedExplicitVRLittleEndian));
    assertEquals(false, TransferSyntaxes.isStorable("1.2.840.10008.1.2.4.94"));
    assertEquals(false, TransferSyntaxes.isStorable("1.2.840.113619.5.2"));
  }

  @Test
  void saysSoWhenItsPortIsTaken() {
    try (StorageScp first = started(collected)) {
      var taken = new ScpConfig("SECOND", "127.0.0.1", first.port(), Set.of());
      try (var second = new StorageScp(taken, collected)) {
        var failure = assertThrows(UncheckedIOException.class, second::start);
        assertTrue(failure.getMessage().contains(":" + first.port()), failure.getMessage());
      }
    }
  }

  @Test
  void carriesEveryTransferSyntaxAsItIs() throws Exception {
    List<Path> files = new ArrayList<>(SharedData.files("P12_small_pydicom"));
    files.addAll(SharedData.files("P13_htj2k"));
    files.addAll(SharedData.files("P11_transfer_syntaxes_mr"));
    files.addAll(SharedData.files("P04_ct3_with_SEGs_dcmqi"));
    files.removeIf(file -> !isInstance(file));
    assertTrue(files.size() > 50, "only " + files.size() + " files");
    try (StorageScp scp = started(collected)) {
      for (Path file : files) {
        SendReport report = StorageScu.send(peer(scp, "ALL"), List.of(file), 1, done -> {});
        assertEquals(List.of(), report.failures());
        HeaderReading before = HeaderReading.parse(() -> Files.newInputStream(file));
        byte[] arrived = collected.files.get(before.uid(Tag.SOPInstanceUID));
        HeaderReading after = HeaderReading.parse(() -> new ByteArrayInputStream(arrived));
        assertEquals(before.transferSyntax(), after.transferSyntax());
        assertArrayEquals(
            tail(Files.readAllBytes(file), before.datasetPosition()),
            tail(arrived, after.datasetPosition()),
            file.toString());
      }
    }
  }

  private static boolean isInstance(Path file) {
    try {
      OutgoingFile.of(file);
      return true;
    } catch (StudyRefused e) {
      return false;
    }
  }

  private static byte[] tail(byte[] bytes, long from) {
    return Arrays.copyOfRange(bytes, (int) from, bytes.length);
  }

  private void assertStatus(int status, String code, InstanceReceiver receiver) {
    Path file = TestCt.files(folder, TestCt.oblique(5, 3, 1)).get(0);
    try (StorageScp scp = started(receiver)) {
      SendReport report = StorageScu.send(peer(scp, "STATUS"), List.of(file), 1, done -> {});
      SendReport.Failure failure = report.failures().get(0);
      assertEquals(status, failure.status());
      assertTrue(failure.reason().contains(code), failure.reason());
      assertEquals(false, failure.reason().contains("secret"), failure.reason());
    }
  }

  private static InstanceReceiver refusing(RuntimeException failure) {
    return instance -> {
      throw failure;
    };
  }

  private static Attributes store(StorageScp scp, Path file, String sopClass, String instance)
      throws Exception {
    try (var node = new RequestorNode(peer(scp, "RAW"))) {
      OutgoingFile outgoing = OutgoingFile.of(file);
      Association association = node.open(List.of(outgoing.syntax()));
      DimseRSP response;
      try (var dataset = outgoing.dataset()) {
        response =
            association.cstore(
                sopClass,
                instance,
                0,
                new InputStreamDataWriter(dataset),
                UID.ExplicitVRLittleEndian);
      }
      response.next();
      node.release(association);
      return response.getCommand();
    }
  }

  private static StorageScp started(InstanceReceiver receiver) {
    var scp = new StorageScp(CONFIG, receiver);
    scp.start();
    return scp;
  }

  private static DicomPeer peer(StorageScp scp, String callingAeTitle) {
    return new DicomPeer("127.0.0.1", scp.port(), "FIRSTPASS", callingAeTitle);
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceHeaderTest {
  @Test
  void readsWhatFilesAnInstance() {
    InstanceHeader header = read(file(attributes -> {}));
    assertEquals("2.25.1", header.instance().value());
    assertEquals("2.25.2", header.reference().study().value());
    assertEquals("2.25.3", header.reference().series().value());
    assertEquals(UID.ExplicitVRLittleEndian, header.transferSyntax().value());
    assertEquals(new PatientIdentity("Clinic", "4711"), header.patient());
    assertFalse(header.toString().contains("4711"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID})
  void refusesAUidThatIsMissingEmptyMultipleOrMalformed(int tag) {
    assertMalformed(file(attributes -> attributes.remove(tag)));
    assertMalformed(file(attributes -> attributes.setNull(tag, VR.UI)));
    assertMalformed(file(attributes -> attributes.setString(tag, VR.UI, "1.2", "1.3")));
    assertMalformed(file(attributes -> attributes.setString(tag, VR.UI, "DOE^JOHN")));
  }

  @Test
  void doesNotQuoteWhatStandsInThePlaceOfAUid() {
    byte[] file = file(attributes -> attributes.setString(Tag.StudyInstanceUID, VR.UI, "DOE^JOHN"));
    assertFalse(assertThrows(StudyRefused.class, () -> read(file)).toString().contains("DOE"));
  }

  @Test
  void refusesAnIdentityThatIsTooLongInsteadOfLosingIt() {
    assertMalformed(
        file(attributes -> attributes.setString(Tag.PatientID, VR.LO, "9".repeat(5000))));
  }

  @Test
  void refusesBytesThatAreNoDataSet() {
    assertMalformed(new byte[0]);
    assertMalformed(new byte[4000]);
    assertMalformed("GET / HTTP/1.1\r\nHost: example\r\n\r\n".repeat(20).getBytes());
    byte[] whole = file(attributes -> {});
    for (int length = 0; length < whole.length - 8; length += 7) {
      assertMalformed(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void saysSoWhenTheSourceCannotBeRead() {
    var failure =
        assertThrows(
            TryAgainLater.class,
            () ->
                InstanceHeader.read(
                    () -> {
                      throw new IOException("disk");
                    }));
    assertEquals(ReasonCode.STORE_UNAVAILABLE, failure.code());
  }

  @Test
  void refusesWhatFirstpassDerived() {
    Consumer<Attributes> ours = OwnEquipment::describe;
    assertEquals("2.25.1", read(file(ours)).instance().value(), "an image of ours is an image");
    assertOwn(
        file(ours.andThen(a -> a.setString(Tag.SOPClassUID, VR.UI, SopClasses.SEGMENTATION))));
    assertOwn(
        file(ours.andThen(a -> a.setString(Tag.SOPClassUID, VR.UI, UID.ComprehensiveSRStorage))));
    assertOwn(file(OwnEquipment::contribute));
    Consumer<Attributes> foreign =
        a -> a.setString(Tag.SOPClassUID, VR.UI, SopClasses.SEGMENTATION);
    assertEquals("2.25.1", read(file(foreign)).instance().value(), "a correction of another maker");
  }

  @Test
  void takesWhatAnotherMakerDerivedFromAnOutputOfOurs() {
    byte[] correction =
        file(
            attributes -> {
              attributes.setString(Tag.SOPClassUID, VR.UI, SopClasses.SEGMENTATION);
              attributes.setString(Tag.Manufacturer, VR.LO, "Another maker");
              OwnEquipment.contribute(attributes);
            });
    assertEquals("2.25.1", read(correction).instance().value());
  }

  private static void assertOwn(byte[] file) {
    assertEquals(ReasonCode.OWN_OUTPUT, assertThrows(StudyRefused.class, () -> read(file)).code());
  }

  private static void assertMalformed(byte[] file) {
    assertEquals(
        ReasonCode.MALFORMED_INSTANCE, assertThrows(StudyRefused.class, () -> read(file)).code());
  }

  private static InstanceHeader read(byte[] file) {
    return InstanceHeader.read(() -> new ByteArrayInputStream(file));
  }

  private static byte[] file(Consumer<Attributes> change) {
    Attributes attributes = new Attributes();
    attributes.setString(Tag.SOPClassUID, VR.UI, SopClasses.CT_IMAGE);
    attributes.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
    attributes.setString(Tag.Modality, VR.CS, "CT");
    attributes.setString(Tag.PatientID, VR.LO, "4711");
    attributes.setString(Tag.IssuerOfPatientID, VR.LO, "Clinic");
    attributes.setString(Tag.StudyInstanceUID, VR.UI, "2.25.2");
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.3");
    change.accept(attributes);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        Part10.header(
            new SopClassUid(SopClasses.CT_IMAGE),
            new SopInstanceUid("2.25.1"),
            new TransferSyntaxUid(UID.ExplicitVRLittleEndian)));
    try (var out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(null, attributes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}

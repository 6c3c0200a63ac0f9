package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.api.Test;

final class PatientStudyTest {
  @Test
  void itSaysWhatTheHeaderSaysAndHidesItFromEveryText() throws Exception {
    var header = new Attributes();
    header.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    header.setString(Tag.PatientName, VR.PN, "Dœ^Jane=山田^花子");
    header.setString(Tag.PatientID, VR.LO, "P7");
    header.setString(Tag.IssuerOfPatientID, VR.LO, "HOSPITAL");
    header.setString(Tag.PatientBirthDate, VR.DA, "19700101");
    header.setString(Tag.PatientSex, VR.CS, "F");
    header.setString(Tag.AccessionNumber, VR.SH, "A9");
    PatientStudy study = read(header);
    assertEquals("Dœ^Jane=山田^花子", study.name());
    assertEquals("P7", study.id());
    assertEquals("HOSPITAL", study.issuer());
    assertEquals("19700101", study.birthDate());
    assertEquals("F", study.sex());
    assertEquals("A9", study.accessionNumber());
    assertEquals("PatientStudy[hidden]", study.toString());
  }

  @Test
  void whatIsAbsentIsEmptyAndWhatIsNoDicomIsRefused() throws Exception {
    PatientStudy study = read(new Attributes());
    assertEquals("", study.name());
    assertEquals("", study.accessionNumber());
    assertThrows(
        StudyRefused.class,
        () -> PatientStudy.read(() -> new ByteArrayInputStream(new byte[] {1, 2, 3})));
  }

  private static PatientStudy read(Attributes header) throws Exception {
    header.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    header.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    var bytes = new ByteArrayOutputStream();
    try (var out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(header.createFileMetaInformation(UID.ExplicitVRLittleEndian), header);
    }
    return PatientStudy.read(() -> new ByteArrayInputStream(bytes.toByteArray()));
  }
}

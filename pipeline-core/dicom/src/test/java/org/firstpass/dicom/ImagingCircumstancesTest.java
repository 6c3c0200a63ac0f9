package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what cases are told apart, as headers say it. */
class ImagingCircumstancesTest {
  @Test
  void theyAreWhatTheHeaderSays() throws Exception {
    var header = new Attributes();
    header.setString(Tag.Manufacturer, VR.LO, "Maker");
    header.setString(Tag.ManufacturerModelName, VR.LO, "Model 3");
    header.setString(Tag.PatientSex, VR.CS, "F");
    header.setString(Tag.PatientAge, VR.AS, "063Y");
    header.setString(Tag.InstitutionName, VR.LO, "North");
    assertEquals(
        new ImagingCircumstances(
            Optional.of("Maker Model 3"), Optional.of("F"), Optional.of(63), Optional.of("North")),
        read(header));
  }

  @Test
  void whatIsAbsentIsNotKnown() throws Exception {
    assertEquals(
        new ImagingCircumstances(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        read(new Attributes()));
  }

  @ParameterizedTest
  @CsvSource({"023M, 1", "011M, 0", "104W, 2", "400D, 1", "000D, 0"})
  void anAgeInMonthsWeeksOrDaysIsInYears(String age, int years) throws Exception {
    var header = new Attributes();
    header.setString(Tag.PatientAge, VR.AS, age);
    assertEquals(Optional.of(years), read(header).ageYears());
  }

  @ParameterizedTest
  @CsvSource({"19600102, 20260101, 65", "19600101, 20260101, 66"})
  void withoutAnAgeTheBirthdayCounts(String birth, String study, int years) throws Exception {
    var header = new Attributes();
    header.setString(Tag.PatientBirthDate, VR.DA, birth);
    header.setString(Tag.StudyDate, VR.DA, study);
    assertEquals(Optional.of(years), read(header).ageYears());
  }

  @Test
  void datesThatCannotBeAreNoAge() throws Exception {
    var header = new Attributes();
    header.setString(Tag.PatientBirthDate, VR.DA, "20260101");
    header.setString(Tag.StudyDate, VR.DA, "19600101");
    assertEquals(Optional.empty(), read(header).ageYears());
    header.setString(Tag.PatientBirthDate, VR.DA, "1960");
    assertEquals(Optional.empty(), read(header).ageYears());
  }

  private static ImagingCircumstances read(Attributes header) throws Exception {
    header.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    header.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    var bytes = new ByteArrayOutputStream();
    try (var out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(header.createFileMetaInformation(UID.ExplicitVRLittleEndian), header);
    }
    return ImagingCircumstances.read(() -> new ByteArrayInputStream(bytes.toByteArray()));
  }
}

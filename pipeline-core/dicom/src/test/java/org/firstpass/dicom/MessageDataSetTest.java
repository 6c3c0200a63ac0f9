package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.Vr;
import org.junit.jupiter.api.Test;

final class MessageDataSetTest {
  @Test
  void whatAMessageHasIsReadAndWrittenAgain() {
    var code = new Attributes();
    code.setString(Tag.CodeValue, VR.SH, "110005");
    var data = new Attributes();
    data.setString(Tag.ProcedureStepState, VR.CS, "IN PROGRESS");
    data.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY");
    data.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    data.setString(Tag.PatientComments, VR.LT, "Müller");
    data.setInt(Tag.Rows, VR.US, 7);
    data.setNull(Tag.AdmissionID, VR.LO);
    data.newSequence(Tag.ScheduledWorkitemCodeSequence, 1).add(code);
    data.setBytes(Tag.PixelData, VR.OB, new byte[] {1, 2});
    DataSet message = MessageDataSet.from(data);
    assertEquals(List.of("DERIVED", "PRIMARY"), message.texts(Tag.ImageType));
    assertEquals(Vr.LO, message.element(Tag.AdmissionID).vr());
    assertEquals(List.of(), message.texts(Tag.AdmissionID));
    assertFalse(message.tags().contains(Tag.PixelData), "what is binary is left out");
    Attributes again = MessageDataSet.of(message);
    assertEquals(7, again.getInt(Tag.Rows, 0));
    assertEquals("Müller", again.getString(Tag.PatientComments));
    assertEquals("IN PROGRESS", again.getString(Tag.ProcedureStepState));
    assertEquals("PRIMARY", again.getStrings(Tag.ImageType)[1]);
    assertEquals(
        "110005",
        again.getSequence(Tag.ScheduledWorkitemCodeSequence).get(0).getString(Tag.CodeValue));
    assertFalse(message.toString().contains("PROGRESS"));
  }

  @Test
  void sequencesAreNotNestedWithoutEnd() {
    var data = new Attributes();
    for (int depth = 0; depth < 40; depth++) {
      var outer = new Attributes();
      outer.newSequence(Tag.InputInformationSequence, 1).add(data);
      data = outer;
    }
    Attributes deep = data;
    assertThrows(IllegalArgumentException.class, () -> MessageDataSet.from(deep));
  }
}

package org.firstpass.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.AttributeName;
import org.firstpass.dicom.web.DicomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkitemJsonTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    DataSet dataset =
        new DataSet()
            .put(UpsAttribute.STATE, "SCHEDULED")
            .put(UpsAttribute.MESSAGE_ID, "7")
            .put(UpsAttribute.PATIENT_NAME, "Doe^Jane=山田^花子=やまだ")
            .put(UpsAttribute.ADMISSION_ID)
            .putItem(UpsAttribute.SCHEDULED_WORKITEM_CODES, Codes.interpretation());
    assertEquals(
        "{\"00000110\":{\"vr\":\"US\",\"Value\":[7]},"
            + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Doe^Jane\","
            + "\"Ideographic\":\"山田^花子\",\"Phonetic\":\"やまだ\"}]},"
            + "\"00380010\":{\"vr\":\"LO\"},"
            + "\"00404018\":{\"vr\":\"SQ\",\"Value\":[{"
            + "\"00080100\":{\"vr\":\"SH\",\"Value\":[\"110005\"]},"
            + "\"00080102\":{\"vr\":\"SH\",\"Value\":[\"DCM\"]},"
            + "\"00080104\":{\"vr\":\"LO\",\"Value\":[\"Interpretation\"]}}]},"
            + "\"00741000\":{\"vr\":\"CS\",\"Value\":[\"SCHEDULED\"]}}",
        DicomJson.of(dataset));
    DataSet read = WorkitemJson.parse(DicomJson.of(dataset));
    assertEquals(DicomJson.of(dataset), DicomJson.of(read));
    assertEquals("SCHEDULED", read.text(UpsAttribute.STATE).orElseThrow());
    assertEquals("Doe^Jane", read.text(UpsAttribute.PATIENT_NAME).orElseThrow());
    assertTrue(read.contains(UpsAttribute.ADMISSION_ID));
    assertFalse(read.hasValue(UpsAttribute.ADMISSION_ID));
    assertTrue(Codes.isCode(read.items(UpsAttribute.SCHEDULED_WORKITEM_CODES).get(0)));
  }

  @Test
  void everyAttributeIsTheOneOfTheDictionary() {
    for (UpsAttribute attribute : UpsAttribute.values()) {
      AttributeName named = AttributeName.of(attribute.keyword()).orElseThrow();
      assertEquals(named.hex(), attribute.hex());
      assertEquals(named.vr(), attribute.vr(), attribute.name());
    }
  }

  @Test
  void whatIsMadeOfAnItemIsNotMadeOfItsHolder() {
    DataSet holder =
        new DataSet().putItem(UpsAttribute.PROGRESS_INFORMATION, Codes.interpretation());
    holder.items(UpsAttribute.PROGRESS_INFORMATION).get(0).put(UpsAttribute.CODE_VALUE, "1");
    assertEquals(
        "110005",
        holder
            .items(UpsAttribute.PROGRESS_INFORMATION)
            .get(0)
            .text(UpsAttribute.CODE_VALUE)
            .orElseThrow());
  }

  @Test
  void changesReplaceWholeAttributes() {
    DataSet before =
        new DataSet().put(UpsAttribute.LABEL, "a").put(UpsAttribute.WORKLIST_LABEL, "b");
    DataSet after = before.with(new DataSet().put(UpsAttribute.LABEL, "c"));
    assertEquals("c", after.text(UpsAttribute.LABEL).orElseThrow());
    assertEquals("b", after.text(UpsAttribute.WORKLIST_LABEL).orElseThrow());
    assertEquals("a", before.text(UpsAttribute.LABEL).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "[7]",
        "[{},{}]",
        "{",
        "{\"7\":{\"vr\":\"CS\"}}",
        "{\"0074100a\":{\"vr\":\"UR\"}}",
        "{\"00741000\":7}",
        "{\"00741000\":{}}",
        "{\"00741000\":{\"vr\":7}}",
        "{\"00741000\":{\"vr\":\"cs\"}}",
        "{\"00741000\":{\"vr\":\"CS\",\"Value\":\"SCHEDULED\"}}",
        "{\"00741000\":{\"vr\":\"SQ\",\"Value\":[{}]}}",
        "{\"00404021\":{\"vr\":\"CS\",\"Value\":[\"x\"]}}",
        "{\"00404021\":{\"vr\":\"SQ\",\"Value\":[7]}}",
        "{\"00404021\":{\"vr\":\"SQ\",\"Value\":[{\"x\":{}}]}}"
      })
  void whatIsNoDataSetIsRefusedWithoutBeingQuoted(String json) {
    WorklistRefusal refusal = assertThrows(WorklistRefusal.class, () -> WorkitemJson.parse(json));
    assertEquals(WorklistRefusal.Reason.MALFORMED, refusal.reason());
    assertFalse(String.valueOf(refusal.getMessage()).contains("SCHEDULED"));
  }

  @Test
  void nestingHasAnEnd() {
    String item = "{}";
    for (int depth = 0; depth < 40; depth++) {
      item = "{\"00404021\":{\"vr\":\"SQ\",\"Value\":[" + item + "]}}";
    }
    String deep = item;
    assertThrows(WorklistRefusal.class, () -> WorkitemJson.parse(deep));
  }

  @Test
  void aWorkitemsUidLeadsBackToItsTask() {
    for (var task :
        List.of(
            new java.util.UUID(0, 0),
            new java.util.UUID(-1, -1),
            java.util.UUID.fromString("5f3b1a52-8f0e-5d1c-9c55-0f1a7e9d4b21"))) {
      assertEquals(task, WorkitemUid.task(WorkitemUid.of(task)).orElseThrow());
    }
    for (String other : List.of("2.25.", "2.25.1.2", "1.2.3", "2.25.x", "2.25." + "9".repeat(59))) {
      assertTrue(WorkitemUid.task(other).isEmpty(), other);
    }
  }
}

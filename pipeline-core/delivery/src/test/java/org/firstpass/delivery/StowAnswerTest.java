package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.firstpass.dicom.StoreAnswer;
import org.firstpass.dicom.StoreAnswer.Kind;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StowAnswerTest {
  private static final SopInstanceUid OURS = new SopInstanceUid("2.25.7");

  private static Optional<StoreAnswer> read(String json) {
    return StowAnswer.of(json.getBytes(StandardCharsets.UTF_8), OURS);
  }

  private static String failed(String instance, int reason) {
    return """
        {"00081198": {"vr": "SQ", "Value": [{
          "00081155": {"vr": "UI", "Value": ["%s"]},
          "00081197": {"vr": "US", "Value": [%d]}}]}}
        """
        .formatted(instance, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "42752, BUSY", // A700H
    "272, BUSY", // 0110H
    "290, REFUSED", // 0122H
    "43264, REFUSED", // A900H
    "49152, REFUSED", // C000H
    "45056, STORED" // B000H, a warning
  })
  void theFailureReasonOfTheInstanceDecides(int reason, Kind kind) {
    assertEquals(kind, read(failed(OURS.value(), reason)).orElseThrow().kind());
  }

  @Test
  void aFailureOfAnotherInstanceSaysNothingOfOurs() {
    assertEquals(Optional.empty(), read(failed("2.25.8", 0xA700)));
  }

  @Test
  void aFailureWithoutReasonIsAProcessingFailure() {
    String json = failed(OURS.value(), 0).replaceAll(",\\s*\"00081197\".*?\\}\\}", "}");
    assertEquals("status 0110H", read(json).orElseThrow().told());
  }

  @Test
  void anInstanceThatIsReferencedIsStored() {
    String json = failed(OURS.value(), 0).replace("00081198", "00081199");
    assertEquals(Kind.STORED, read(json).orElseThrow().kind());
    assertEquals(Kind.STORED, read("[" + json + "]").orElseThrow().kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<xml/>", "{", "[]", "42", "{\"00081198\": 7}", "null"})
  void whatIsNoAnswerSaysNothing(String body) {
    assertEquals(Optional.empty(), read(body));
  }
}

package org.firstpass.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.firstpass.dicom.StoreAnswer;
import org.firstpass.study.SopInstanceUid;

/**
 * What a STOW-RS answer says of one instance, in DICOM JSON.
 *
 * @see "PS3.18 section 10.5.3, annex I.2"
 */
final class StowAnswer {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FAILED = "00081198";
  private static final String REFERENCED = "00081199";
  private static final String INSTANCE = "00081155";
  private static final String FAILURE_REASON = "00081197";
  private static final int PROCESSING_FAILURE = 0x0110;

  private StowAnswer() {}

  /** Empty if it is no DICOM JSON or does not name the instance. */
  static Optional<StoreAnswer> of(byte[] body, SopInstanceUid instance) {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(body);
    } catch (IOException e) {
      return Optional.empty();
    }
    JsonNode dataset = answer.isArray() ? answer.path(0) : answer;
    Optional<JsonNode> failed = item(dataset.path(FAILED), instance);
    if (failed.isPresent()) {
      int reason = first(failed.get(), FAILURE_REASON).asInt(PROCESSING_FAILURE);
      return Optional.of(StoreAnswer.ofStatus(reason));
    }
    return item(dataset.path(REFERENCED), instance).map(stored -> StoreAnswer.ofStatus(0));
  }

  private static Optional<JsonNode> item(JsonNode sequence, SopInstanceUid instance) {
    for (JsonNode item : sequence.path("Value")) {
      if (first(item, INSTANCE).asText("").equals(instance.value())) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private static JsonNode first(JsonNode dataset, String tag) {
    return dataset.path(tag).path("Value").path(0);
  }
}

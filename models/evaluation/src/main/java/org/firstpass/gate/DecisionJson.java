package org.firstpass.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** The JSON of decision records, waivers and rules. */
public final class DecisionJson {
  /** Of a stored record. */
  public static final String MEDIA_TYPE = "application/vnd.firstpass.gate-decision+json";

  private static final ObjectMapper MAPPER = EventJson.mapper();

  private DecisionJson() {}

  public static byte[] write(DecisionRecord record) {
    return json(record);
  }

  public static byte[] write(GateWaiver waiver) {
    return json(waiver);
  }

  private static byte[] json(Record record) {
    try {
      return (MAPPER.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write a decision record", e);
    }
  }

  public static DecisionRecord read(byte[] json) {
    return read(json, DecisionRecord.class, EventJson.mapper());
  }

  public static GateWaiver readWaiver(byte[] json) {
    return read(json, GateWaiver.class, EventJson.mapper());
  }

  /**
   * Rules that somebody wrote: every rule must be there, and nothing else.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static GateRules readRules(byte[] json) {
    return read(
        json,
        GateRules.class,
        EventJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES));
  }

  private static <T> T read(byte[] json, Class<T> type, ObjectMapper mapper) {
    try {
      return mapper.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no " + type.getSimpleName() + ": " + e, e);
    }
  }
}

package org.firstpass.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesRevision;

/**
 * The stored form of a series revision: JSON with its instances, sorted, and their content hashes.
 */
public final class SeriesRevisionCodec {
  public static final String MEDIA_TYPE = "application/vnd.firstpass.series-revision+json";

  private static final ObjectMapper MAPPER = EventJson.mapper();

  private SeriesRevisionCodec() {}

  public static byte[] encode(SeriesRevision revision) {
    try {
      return MAPPER.writeValueAsString(revision).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write a series revision", e);
    }
  }

  public static SeriesRevision decode(byte[] json) {
    try {
      return MAPPER.readValue(json, SeriesRevision.class);
    } catch (IOException e) {
      throw new Defect(ReasonCode.OBJECT_MISSING, "a stored series revision is damaged", e);
    }
  }
}

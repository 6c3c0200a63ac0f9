package org.firstpass.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;

/**
 * JSON files that people write. What is not known, said twice or of another type is an error: it
 * would be ignored or guessed otherwise, and {@code "contrast": ""} would be a condition less.
 */
public final class WrittenJson {
  private WrittenJson() {}

  /** A new mapper that converts nothing. */
  public static ObjectMapper mapper() {
    ObjectMapper mapper =
        EventJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    for (LogicalType type : List.of(LogicalType.Boolean, LogicalType.Textual, LogicalType.Enum)) {
      refuse(mapper, type, CoercionInputShape.Integer);
    }
    for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Textual)) {
      refuse(mapper, type, CoercionInputShape.Float);
      refuse(mapper, type, CoercionInputShape.Boolean);
    }
    refuse(mapper, LogicalType.Float, CoercionInputShape.Boolean);
    for (LogicalType type : List.of(LogicalType.Boolean, LogicalType.Integer, LogicalType.Float)) {
      refuse(mapper, type, CoercionInputShape.String);
      refuse(mapper, type, CoercionInputShape.EmptyString);
    }
    return mapper;
  }

  private static void refuse(ObjectMapper mapper, LogicalType type, CoercionInputShape found) {
    mapper.coercionConfigFor(type).setCoercion(found, CoercionAction.Fail);
  }

  /** What is wrong, with its place, as {@code input.channels[0].intensity: }. */
  public static String complaint(JsonProcessingException e) {
    String what =
        e.getCause() instanceof IllegalArgumentException found
            ? String.valueOf(found.getMessage())
            : e.getOriginalMessage();
    return e instanceof JsonMappingException mapping ? place(mapping) + what : what;
  }

  private static String place(JsonMappingException e) {
    var place = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return place.length() == 0 ? "" : place.append(": ").toString();
  }
}

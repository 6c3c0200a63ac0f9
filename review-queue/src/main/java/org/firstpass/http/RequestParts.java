package org.firstpass.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import org.firstpass.event.EventJson;
import org.firstpass.review.Fence;
import org.firstpass.review.TransactionUid;

/** What requests carry, or a refusal that says what is wrong with it. */
final class RequestParts {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  private RequestParts() {}

  static ApiRefusal malformed(String message) {
    return new ApiRefusal(400, "MALFORMED_REQUEST", message);
  }

  static UUID task(Context context) {
    try {
      return UUID.fromString(context.pathParam("id"));
    } catch (IllegalArgumentException e) {
      throw malformed("a task id is a UUID");
    }
  }

  static UUID uuid(Context context, String name) {
    try {
      return UUID.fromString(context.pathParam(name));
    } catch (IllegalArgumentException e) {
      throw malformed("'" + name + "' is a UUID");
    }
  }

  static int segment(Context context) {
    try {
      return Integer.parseInt(context.pathParam("segment"));
    } catch (NumberFormatException e) {
      throw malformed("a segment is a whole number");
    }
  }

  static JsonNode json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw malformed("a JSON object was expected");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw malformed("a JSON object was expected, but it cannot be read");
    }
  }

  static Fence fence(Context context, String transaction) {
    try {
      return new Fence(AccessGate.identity(context).subject(), new TransactionUid(transaction));
    } catch (IllegalArgumentException e) {
      throw malformed("'transaction' is the UID that the claim answered");
    }
  }

  /** The fence of a JSON body {@code {"transaction": …}}. */
  static Fence fence(Context context, JsonNode body) {
    return fence(context, body.path("transaction").asText(""));
  }

  /** The number of a slice from 0 in the query, if it is there. */
  static OptionalInt slice(Context context, String name, int slices) {
    String text = context.queryParam(name);
    if (text == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Objects.checkIndex(Integer.parseInt(text), slices));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw malformed("'" + name + "' is a slice from 0 to " + (slices - 1));
    }
  }

  /** A whole number of the query, within bounds. */
  static int number(Context context, String name, int otherwise, int max) {
    String text = context.queryParam(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed("'" + name + "' is a whole number from 1 to " + max);
    }
    throw malformed("'" + name + "' is a whole number from 1 to " + max);
  }
}

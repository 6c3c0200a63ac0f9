package org.firstpass.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.firstpass.security.Role;

/** A request's small JSON object, read field by field so that each refusal names its field. */
final class RequestJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode object;

  private RequestJson(JsonNode object) {
    this.object = object;
  }

  static RequestJson of(Context context) {
    String type = context.contentType();
    // Another page can send a form without asking first, but not this type.
    if (type == null || !type.startsWith("application/json")) {
      throw new ApiRefusal(415, "NOT_JSON", "the request's Content-Type is application/json");
    }
    try {
      JsonNode node = JSON.readTree(context.body());
      if (node == null || !node.isObject()) {
        throw new ApiRefusal(400, "NOT_JSON", "the request's body is a JSON object");
      }
      return new RequestJson(node);
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the body, which may hold a password.
      throw new ApiRefusal(400, "NOT_JSON", "the request's body is not JSON");
    }
  }

  String text(String field) {
    return optionalText(field).orElseThrow(() -> missing(field, "a text"));
  }

  Optional<String> optionalText(String field) {
    return Optional.ofNullable(object.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  int wholeNumber(String field, int otherwise) {
    JsonNode node = object.get(field);
    if (node == null) {
      return otherwise;
    }
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw missing(field, "a whole number");
    }
    return node.intValue();
  }

  Set<Role> roles(String field) {
    JsonNode node = object.get(field);
    if (node == null || !node.isArray()) {
      throw missing(field, "a list of roles");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (JsonNode name : node) {
      roles.add(role(name.asText()));
    }
    return roles;
  }

  private static Role role(String name) {
    for (Role role : Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    throw new ApiRefusal(
        400, "BAD_FIELD", "a role is one of " + EnumSet.allOf(Role.class) + ", not '" + name + "'");
  }

  private static ApiRefusal missing(String field, String kind) {
    return new ApiRefusal(400, "BAD_FIELD", "the field '" + field + "' is " + kind);
  }
}

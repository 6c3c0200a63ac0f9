package org.firstpass.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field that a schema names and that some data has.
 *
 * @param path its names from the top, without places in lists
 * @param pointer where it is in the data: a JSON Pointer
 */
record SchemaField(String path, String pointer, boolean required, String description) {

  /** Every field of the data that its schema names, however deep, those above first. */
  static List<SchemaField> in(JsonNode schema, JsonNode data) {
    List<SchemaField> found = new ArrayList<>();
    collect(schema, schema, data, "", "", found);
    return found;
  }

  static Set<String> paths(JsonNode schema, JsonNode data) {
    var paths = new TreeSet<String>();
    in(schema, data).forEach(field -> paths.add(field.path()));
    return paths;
  }

  /** Every path that the schema names. */
  static Set<String> known(JsonNode schema) {
    var paths = new TreeSet<String>();
    name(schema, schema, "", paths);
    return paths;
  }

  /** The same data without this field. */
  JsonNode removedFrom(JsonNode data) {
    JsonNode copy = data.deepCopy();
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) copy.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
    return copy;
  }

  private static void collect(
      JsonNode root,
      JsonNode part,
      JsonNode data,
      String path,
      String pointer,
      List<SchemaField> found) {
    JsonNode schema = resolved(root, part);
    if (data.isArray()) {
      for (int at = 0; at < data.size(); at++) {
        collect(root, schema.path("items"), data.get(at), path, pointer + "/" + at, found);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      if (data.has(name)) {
        String inner = pointer + "/" + name;
        found.add(field(root, schema, property, path + "/" + name, inner));
        collect(root, property.getValue(), data.get(name), path + "/" + name, inner, found);
      }
    }
  }

  private static SchemaField field(
      JsonNode root,
      JsonNode schema,
      Map.Entry<String, JsonNode> property,
      String path,
      String pointer) {
    boolean required = false;
    for (JsonNode name : schema.path("required")) {
      required |= name.asText().equals(property.getKey());
    }
    String own = property.getValue().path("description").asText();
    String description =
        own.isEmpty() ? resolved(root, property.getValue()).path("description").asText() : own;
    return new SchemaField(path, pointer, required, description);
  }

  private static void name(JsonNode root, JsonNode part, String path, Set<String> paths) {
    JsonNode schema = resolved(root, part);
    if (schema.has("items")) {
      name(root, schema.path("items"), path, paths);
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      paths.add(path + "/" + property.getKey());
      name(root, property.getValue(), path + "/" + property.getKey(), paths);
    }
  }

  private static JsonNode resolved(JsonNode root, JsonNode part) {
    String reference = part.path("$ref").asText();
    return reference.isEmpty() ? part : root.at(reference.substring(1));
  }
}

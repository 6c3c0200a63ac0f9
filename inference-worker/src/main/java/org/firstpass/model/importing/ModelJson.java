package org.firstpass.model.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;

/** A foreign JSON file, read field by field; a field that is missing or odd is named. */
public final class ModelJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String file;
  private final JsonNode node;

  public ModelJson(String file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  /**
   * Reads a file.
   *
   * @throws Defect IMPORT_UNSUPPORTED if it is not JSON
   */
  public static ModelJson read(Path path) {
    String file = String.valueOf(path.getFileName());
    try {
      // Python writes NaN and Infinity as they are.
      JsonNode node =
          MAPPER
              .reader()
              .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .readTree(Files.readString(path));
      return new ModelJson(file, node);
    } catch (JsonProcessingException e) {
      throw Unsupported.malformed(file, "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Unsupported.malformed(file, "cannot be read from " + path);
    }
  }

  public JsonNode node() {
    return node;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A part of it that must be there. */
  public ModelJson part(String field) {
    if (!has(field)) {
      throw Unsupported.malformed(file, "has no " + field);
    }
    return new ModelJson(file + " " + field, node.path(field));
  }

  public String text(String field) {
    JsonNode value = part(field).node;
    if (!value.isTextual()) {
      throw Unsupported.malformed(file, field + " must be a text, but is " + value);
    }
    return value.asText();
  }

  public double number(String field) {
    JsonNode value = part(field).node;
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw Unsupported.malformed(file, field + " must be a number, but is " + value);
    }
    return value.asDouble();
  }

  public List<Double> numbers(String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : elements(field)) {
      if (!each.isNumber()) {
        throw Unsupported.malformed(file, field + " must have numbers, but is " + node.path(field));
      }
      numbers.add(each.asDouble());
    }
    return numbers;
  }

  public List<Integer> wholeNumbers(String field) {
    List<Integer> numbers = new ArrayList<>();
    for (double each : numbers(field)) {
      if (each != Math.rint(each)) {
        throw Unsupported.malformed(
            file, field + " must have whole numbers, but is " + node.path(field));
      }
      numbers.add((int) each);
    }
    return numbers;
  }

  /** The elements of a list. */
  public List<JsonNode> elements(String field) {
    JsonNode value = part(field).node;
    if (!value.isArray()) {
      throw Unsupported.malformed(file, field + " must be a list, but is " + value);
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  /** The names of its fields, in their order. */
  public List<String> fields() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Override
  public String toString() {
    return file;
  }
}

package org.firstpass.model.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.model.importing.Unsupported;

/** One transform or inferer of a bundle with its arguments. */
final class BundleStep {
  private static final Set<String> ALWAYS_ALLOWED =
      Set.of(
          "_target_",
          "_desc_",
          "_requires_",
          "_disabled_",
          "_mode_",
          "keys",
          "allow_missing_keys",
          "lazy",
          "dtype",
          "device",
          "track_meta");

  private final BundleConfig config;
  private final JsonNode node;
  private final String target;

  BundleStep(BundleConfig config, JsonNode node) {
    this.config = config;
    this.node = node;
    if (!node.path("_target_").isTextual()) {
      throw Unsupported.because("step " + node, "it has no _target_");
    }
    this.target = node.path("_target_").asText();
  }

  /** The class as MONAI names it, without its package. */
  String name() {
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /** The one of some transforms that it is, be it for arrays or for dictionaries. */
  Optional<String> among(Set<String> known) {
    String name = name();
    if (known.contains(name)) {
      return Optional.of(name);
    }
    String array = name.replaceAll("(Dict|d|D)$", "");
    return known.contains(array) ? Optional.of(array) : Optional.empty();
  }

  Defect unsupported(String reason) {
    return Unsupported.because("transform " + name(), reason);
  }

  /** Refuses an argument that is not one of these: leaving it out could change the result. */
  void allow(Set<String> arguments) {
    node.fieldNames()
        .forEachRemaining(
            argument -> {
              if (!ALWAYS_ALLOWED.contains(argument) && !arguments.contains(argument)) {
                throw unsupported("its argument " + argument + " is not known");
              }
            });
  }

  /** Refuses an argument that has another value than this one, if it is given at all. */
  void require(String argument, String value) {
    if (has(argument) && !argument(argument).asText().equalsIgnoreCase(value)) {
      throw unsupported(argument + " must be " + value + ", but is " + argument(argument));
    }
  }

  boolean has(String argument) {
    JsonNode value = argument(argument);
    return !value.isMissingNode() && !value.isNull();
  }

  /** An argument, with what it refers to. */
  JsonNode argument(String argument) {
    return config.value(node.path(argument));
  }

  String text(String argument, String otherwise) {
    if (!has(argument)) {
      return otherwise;
    }
    JsonNode value = argument(argument);
    // One value per key: that of the image is the first.
    JsonNode first = value.isArray() && !value.isEmpty() ? config.value(value.get(0)) : value;
    if (!first.isTextual()) {
      throw unsupported(argument + " must be a text, but is " + value);
    }
    return plain(argument, first).asText();
  }

  double number(String argument, double otherwise) {
    if (!has(argument)) {
      return otherwise;
    }
    JsonNode value = plain(argument, argument(argument));
    if (!value.isNumber()) {
      throw unsupported(argument + " must be a number, but is " + value);
    }
    return value.asDouble();
  }

  boolean flag(String argument, boolean otherwise) {
    if (!has(argument)) {
      return otherwise;
    }
    JsonNode value = plain(argument, argument(argument));
    if (!value.isBoolean()) {
      throw unsupported(argument + " must be true or false, but is " + value);
    }
    return value.asBoolean();
  }

  /** A list of numbers; one number stands for as many as there are axes. */
  List<Double> numbers(String argument, int axes) {
    JsonNode value = plain(argument, argument(argument));
    List<Double> numbers = new ArrayList<>();
    if (value.isNumber()) {
      for (int axis = 0; axis < axes; axis++) {
        numbers.add(value.asDouble());
      }
      return numbers;
    }
    for (JsonNode each : value) {
      JsonNode number = config.value(each);
      if (!number.isNumber()) {
        throw unsupported(argument + " must be numbers, but is " + value);
      }
      numbers.add(number.asDouble());
    }
    return numbers;
  }

  /** Texts, of a list or a single one. */
  List<String> texts(String argument) {
    JsonNode value = plain(argument, argument(argument));
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.asText());
    }
    value.forEach(each -> texts.add(config.value(each).asText()));
    return texts;
  }

  private JsonNode plain(String argument, JsonNode value) {
    if (value.isTextual() && value.asText().startsWith("$")) {
      throw unsupported(argument + " is an expression that Python would have to run: " + value);
    }
    return value;
  }
}

package org.firstpass.model.monai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Unsupported;

/**
 * {@code configs/inference.json} or {@code .yaml} of a bundle: parts with {@code _target_}, and
 * references between them.
 *
 * <p>{@code @a::b} and {@code @a#b} are looked up, {@code %a} too; of expressions that begin with
 * {@code $} those are understood that need no Python: a reference, a literal, {@code not} of one,
 * lists put together by {@code +}.
 *
 * @see <a href="https://docs.monai.io/en/stable/config_syntax.html">MONAI bundle configuration</a>
 */
final class BundleConfig {
  private static final int DEEPEST = 20;
  private static final Pattern REFERENCE = Pattern.compile("[@%][\\w#:.]+");

  private final String file;
  private final JsonNode root;

  private BundleConfig(String file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** The inference configuration of a bundle. */
  static BundleConfig ofInference(Path bundle) {
    for (String name : List.of("inference.json", "inference.yaml", "inference.yml")) {
      Path file = bundle.resolve("configs").resolve(name);
      if (Files.exists(file)) {
        return new BundleConfig(name, read(file));
      }
    }
    throw Unsupported.malformed(
        String.valueOf(bundle.getFileName()),
        "has no configs/inference.json or inference.yaml; is it a MONAI bundle?");
  }

  static JsonNode read(Path file) {
    if (file.toString().endsWith(".json")) {
      return ModelJson.read(file).node();
    }
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    } catch (IOException e) {
      throw Unsupported.malformed(
          String.valueOf(file.getFileName()), "is not YAML: " + e.getMessage());
    }
  }

  /** A part by its name, with what it refers to; empty if there is none. */
  Optional<JsonNode> part(String id) {
    JsonNode found = root.path(id);
    return found.isMissingNode() ? Optional.empty() : Optional.of(value(found));
  }

  /** The steps of a Compose, or of a list, that are switched on. */
  List<BundleStep> steps(String id) {
    Optional<JsonNode> part = part(id);
    if (part.isEmpty()) {
      return List.of();
    }
    JsonNode node = part.get();
    JsonNode list = node.has("transforms") ? value(node.path("transforms")) : node;
    if (!list.isArray()) {
      throw Unsupported.because(file + " " + id, "must be a Compose of transforms, but is " + node);
    }
    List<BundleStep> steps = new ArrayList<>();
    for (JsonNode each : list) {
      JsonNode step = value(each);
      if (!isDisabled(step)) {
        steps.add(new BundleStep(this, step));
      }
    }
    return steps;
  }

  /** What a node means; itself if it is no reference and no expression. */
  JsonNode value(JsonNode node) {
    return value(node, 0);
  }

  private JsonNode value(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw Unsupported.malformed(file, "has references in a circle at " + node);
    }
    if (!node.isTextual()) {
      return node;
    }
    String text = node.asText().strip();
    if (text.startsWith("$")) {
      return expression(text.substring(1).strip(), depth);
    }
    return REFERENCE.matcher(text).matches() ? value(lookUp(text), depth + 1) : node;
  }

  private JsonNode expression(String text, int depth) {
    if (REFERENCE.matcher(text).matches()) {
      return value(lookUp(text), depth + 1);
    }
    if (text.startsWith("not ")) {
      JsonNode inner = expression(text.substring("not ".length()).strip(), depth + 1);
      if (inner.isBoolean()) {
        return JsonNodeFactory.instance.booleanNode(!inner.asBoolean());
      }
    }
    String[] summands = text.split("\\+");
    if (summands.length > 1
        && List.of(summands).stream().allMatch(part -> REFERENCE.matcher(part.strip()).matches())) {
      ArrayNode sum = JsonNodeFactory.instance.arrayNode();
      for (String part : summands) {
        value(lookUp(part.strip()), depth + 1).forEach(sum::add);
      }
      return sum;
    }
    // What is left has to be run by Python; whoever needs it refuses it.
    return PythonLiteral.parse(text).orElseGet(() -> JsonNodeFactory.instance.textNode("$" + text));
  }

  private JsonNode lookUp(String reference) {
    JsonNode node = root;
    for (String step : reference.substring(1).split("::|#")) {
      JsonNode here = node == root ? node : value(node);
      node =
          here.isArray() && step.matches("\\d+")
              ? here.path(Integer.parseInt(step))
              : here.path(step);
      if (node instanceof MissingNode) {
        throw Unsupported.malformed(file, "refers to " + reference + ", which is not there");
      }
    }
    return node;
  }

  private boolean isDisabled(JsonNode step) {
    JsonNode disabled = value(step.path("_disabled_"));
    if (disabled.isMissingNode() || disabled.isNull()) {
      return false;
    }
    if (disabled.isTextual() && disabled.asText().matches("(?i)true|false")) {
      return Boolean.parseBoolean(disabled.asText());
    }
    if (!disabled.isBoolean()) {
      throw Unsupported.because(
          file + " _disabled_ " + disabled, "this expression has to be run by Python");
    }
    return disabled.asBoolean();
  }
}

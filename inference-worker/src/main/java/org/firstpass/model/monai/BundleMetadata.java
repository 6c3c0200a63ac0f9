package org.firstpass.model.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Unsupported;
import org.jspecify.annotations.Nullable;

/**
 * {@code configs/metadata.json} of a bundle.
 *
 * @see <a href="https://docs.monai.io/en/stable/mb_specification.html">MONAI bundle
 *     specification</a>
 */
final class BundleMetadata {
  private final JsonNode json;
  private final JsonNode input;
  private final JsonNode output;
  private final String outputKey;

  BundleMetadata(Path bundle) {
    Path file = bundle.resolve("configs/metadata.json");
    if (!Files.exists(file)) {
      throw Unsupported.malformed(
          String.valueOf(bundle.getFileName()), "has no configs/metadata.json");
    }
    json = ModelJson.read(file).node();
    JsonNode format = json.path("network_data_format");
    input = only("inputs", format.path("inputs"));
    output = only("outputs", format.path("outputs"));
    List<String> keys = names(format.path("outputs"));
    outputKey = keys.isEmpty() ? "pred" : keys.get(0);
    String kind = output.path("format").asText("segmentation");
    if (!kind.equals("segmentation")) {
      throw Unsupported.because("output format " + kind, "only bundles that segment are imported");
    }
  }

  private static JsonNode only(String what, JsonNode entries) {
    if (entries.size() > 1) {
      throw Unsupported.because(
          "network_data_format " + what, "must be one tensor, but are " + names(entries));
    }
    return entries.isEmpty() ? entries : entries.iterator().next();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Nullable String text(String field) {
    String text = json.path(field).asText("");
    return text.isBlank() ? null : text;
  }

  /** What the input shows, as the bundle calls it; null if it does not say. */
  @Nullable String modality() {
    String modality = input.path("modality").asText("");
    return modality.isBlank() || modality.equals("n/a") ? null : modality;
  }

  /** What the answer is called in the configuration; usually pred. */
  String outputKey() {
    return outputKey;
  }

  int inputChannels() {
    return input.path("num_channels").asInt(1);
  }

  /** The names of the input's channels by index; some or all may be missing. */
  Map<Integer, String> inputNames() {
    return channelNames(input);
  }

  /** The names of the classes by output channel; some or all may be missing. */
  Map<Integer, String> outputNames() {
    return channelNames(output);
  }

  private static Map<Integer, String> channelNames(JsonNode tensor) {
    Map<Integer, String> names = new TreeMap<>();
    JsonNode stated = tensor.path("channel_def");
    stated
        .fieldNames()
        .forEachRemaining(
            index -> {
              if (index.matches("\\d+")) {
                names.put(Integer.valueOf(index), stated.path(index).asText());
              }
            });
    return names;
  }
}

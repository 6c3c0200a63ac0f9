package org.firstpass.model.nnunet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Unsupported;

/**
 * {@code nnUNetPlans.json}: what nnU-Net fixed before training.
 *
 * @see <a href="https://github.com/MIC-DKFZ/nnUNet">nnU-Net v2, plans_handler.py</a>
 */
final class Plans {
  private static final List<Integer> IDENTITY = List.of(0, 1, 2);

  private final ModelJson json;

  Plans(Path file) {
    this.json = ModelJson.read(file);
  }

  /** The data set's name, for instance Dataset003_Liver. */
  String datasetName() {
    return json.has("dataset_name") ? json.text("dataset_name") : "nnunet";
  }

  String plansName() {
    return json.has("plans_name") ? json.text("plans_name") : "nnUNetPlans";
  }

  /** The class that read the images: it decides whether their directions were looked at. */
  String reader() {
    return json.has("image_reader_writer") ? json.text("image_reader_writer") : "SimpleITKIO";
  }

  /** Axis k of the network's input is axis {@code transpose[k]} of the image as it was read. */
  List<Integer> transpose() {
    List<Integer> forward =
        json.has("transpose_forward") ? json.wholeNumbers("transpose_forward") : IDENTITY;
    if (!forward.stream().sorted().toList().equals(IDENTITY)) {
      throw Unsupported.malformed(
          json.toString(), "transpose_forward must order 0, 1, 2, but is " + forward);
    }
    return forward;
  }

  /** Intensity statistics of a channel's foreground. */
  ModelJson intensities(int channel) {
    // Plans of before 2023 name it by modality.
    String field =
        json.has("foreground_intensity_properties_per_channel")
            ? "foreground_intensity_properties_per_channel"
            : "foreground_intensity_properties_by_modality";
    return json.part(field).part(Integer.toString(channel));
  }

  boolean hasIntensities() {
    return json.has("foreground_intensity_properties_per_channel")
        || json.has("foreground_intensity_properties_by_modality");
  }

  /** A configuration with what it inherits. */
  ModelJson configuration(String name) {
    return new ModelJson(json + " " + name, resolved(name, new ArrayList<>()));
  }

  private ObjectNode resolved(String name, List<String> visited) {
    ModelJson all = json.part("configurations");
    if (!(all.node().path(name) instanceof ObjectNode own)) {
      throw Unsupported.malformed(
          json.toString(), "has no configuration '" + name + "', but " + all.fields());
    }
    if (visited.contains(name)) {
      throw Unsupported.malformed(json.toString(), "has configurations in a circle: " + visited);
    }
    visited.add(name);
    JsonNode parent = own.path("inherits_from");
    ObjectNode whole = parent.isTextual() ? resolved(parent.asText(), visited) : own.objectNode();
    whole.setAll(own);
    return whole;
  }

  /** Letters of an orientation in the order of the network's axes. */
  static String transposed(String orientation, List<Integer> transpose) {
    var code = new StringBuilder();
    IntStream.range(0, transpose.size())
        .forEach(axis -> code.append(orientation.charAt(transpose.get(axis))));
    return code.toString();
  }
}

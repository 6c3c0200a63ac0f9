package org.firstpass.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.Sha256;

/**
 * The cases of an exported data set that are for training and for validation. Those for testing are
 * not looked at.
 *
 * @param hash the SHA-256 of the data set's {@code manifest.json}
 * @param numbers the segment number that each label value stands for
 * @param ignored the label value of voxels of which nobody knows
 */
public record TrainingSet(
    Sha256 hash,
    String modality,
    LabelSchema schema,
    Map<Integer, Integer> numbers,
    Optional<Integer> ignored,
    List<LabelledFiles> training,
    List<LabelledFiles> validation) {
  public TrainingSet {
    numbers = Map.copyOf(numbers);
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** The files of one case. */
  public record LabelledFiles(String name, Path image, Path label) {}

  /**
   * Reads the manifest of a data set whose images are NIfTI.
   *
   * @throws Defect DATASET_UNFIT if there is none, or no case for training
   */
  public static TrainingSet read(Path folder) {
    byte[] bytes;
    JsonNode json;
    LabelSchema schema;
    try {
      bytes = Files.readAllBytes(folder.resolve("manifest.json"));
      json = EventJson.mapper().readTree(bytes);
      schema = EventJson.mapper().treeToValue(json.path("schema"), LabelSchema.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new Defect(
          ReasonCode.DATASET_UNFIT, "the manifest.json of the data set cannot be read", e);
    }
    if (schema == null) {
      throw unfit("the manifest.json of the data set has no label schema");
    }
    var numbers = new HashMap<Integer, Integer>();
    json.path("labels")
        .forEach(
            each -> numbers.put(each.path("value").asInt(), each.path("segmentNumber").asInt()));
    List<LabelledFiles> training = cases(folder, json, "TRAINING");
    if (training.isEmpty()) {
      throw unfit("the data set has no case for training");
    }
    JsonNode ignored = json.path("dataset").path("ignoreValue");
    return new TrainingSet(
        Sha256.of(bytes),
        json.path("dataset").path("modality").asText(),
        schema,
        numbers,
        ignored.isInt() ? Optional.of(ignored.asInt()) : Optional.empty(),
        training,
        cases(folder, json, "VALIDATION"));
  }

  private static List<LabelledFiles> cases(Path folder, JsonNode json, String side) {
    List<LabelledFiles> cases = new ArrayList<>();
    for (JsonNode one : json.path("cases")) {
      if (one.path("split").asText().equals(side)) {
        JsonNode files = one.path("files");
        String image = files.path("image").path("path").asText();
        String label = files.path("label").path("path").asText();
        if (!image.endsWith(".nii.gz") || !label.endsWith(".nii.gz")) {
          throw unfit("the data set has no NIfTI files; export it with --format nnunet");
        }
        cases.add(
            new LabelledFiles(
                one.path("name").asText(), folder.resolve(image), folder.resolve(label)));
      }
    }
    return cases;
  }

  static Defect unfit(String message) {
    return new Defect(ReasonCode.DATASET_UNFIT, message);
  }
}

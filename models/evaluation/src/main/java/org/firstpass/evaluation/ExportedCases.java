package org.firstpass.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.EventJson;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;

/** The cases of an exported data set, with the segment numbers that its label values stand for. */
final class ExportedCases {
  private final Path folder;
  private final Map<Integer, Integer> segments;

  private ExportedCases(Path folder, Map<Integer, Integer> segments) {
    this.folder = folder;
    this.segments = Map.copyOf(segments);
  }

  static List<CaseSource> read(Path folder, Path manifest, Map<String, CaseTraits> traits) {
    JsonNode json = json(manifest);
    var segments = new HashMap<Integer, Integer>();
    json.path("labels")
        .forEach(
            label ->
                segments.put(label.path("value").asInt(), label.path("segmentNumber").asInt()));
    var exported = new ExportedCases(folder, segments);
    List<CaseSource> cases = new ArrayList<>();
    for (JsonNode one : json.path("cases")) {
      String name = one.path("name").asText();
      cases.add(exported.source(name, one, traits.getOrDefault(name, CaseTraits.UNKNOWN)));
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException(manifest + " has no case");
    }
    return cases;
  }

  private CaseSource source(String name, JsonNode one, CaseTraits traits) {
    var subject =
        new EvaluatedCase(
            name,
            new PatientKey(one.path("source").path("patient").asText()),
            Split.valueOf(one.path("split").asText()),
            traits,
            UUID.fromString(one.path("provenance").path("correction").asText()));
    Path image = folder.resolve(one.path("files").path("image").path("path").asText());
    Path label = folder.resolve(one.path("files").path("label").path("path").asText());
    return new CaseSource(subject, new HeldOutCase(name, () -> load(name, image, label)));
  }

  private HeldOutCase.Scan load(String name, Path image, Path label) throws IOException {
    // NIfTI knows none; what matters is that both files of a case have the same.
    var frame = new FrameOfReferenceUid(DicomUid.of(NameBasedUuid.of("held-out case", name)));
    LabelMap values = NiftiReader.readLabelMap(label, frame);
    return new HeldOutCase.Scan(
        List.of(NiftiReader.readVolume(image, frame)), numbered(name, values));
  }

  private LabelMap numbered(String name, LabelMap values) {
    GridGeometry grid = values.geometry();
    var labels = new short[grid.size().voxels()];
    for (int i = 0; i < labels.length; i++) {
      int value = values.labelAt(i);
      if (value != 0) {
        Integer number = segments.get(value);
        if (number == null) {
          throw new IllegalArgumentException(
              "label value " + value + " of case " + name + " stands for no segment");
        }
        labels[i] = number.shortValue();
      }
    }
    return new LabelMap(grid, labels);
  }

  private static JsonNode json(Path file) {
    try {
      return EventJson.mapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}

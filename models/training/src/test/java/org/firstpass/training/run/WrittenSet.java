package org.firstpass.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.EventJson;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/** A data set as an export writes it, with what the trainer reads of its manifest. */
final class WrittenSet {
  private final Path folder;
  private final LabelSchema schema;
  private final List<Map<String, Object>> cases = new ArrayList<>();

  WrittenSet(Path folder, LabelSchema schema) throws IOException {
    this.folder = folder;
    this.schema = schema;
    Files.createDirectories(folder.resolve("imagesTr"));
    Files.createDirectories(folder.resolve("labelsTr"));
  }

  /** Adds phantoms whose seeds begin somewhere; of those for testing there are no files. */
  WrittenSet withPhantoms(String side, long firstSeed, int count, int matrix) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      if (side.equals("TEST")) {
        list(side, "case_" + seed);
      } else {
        Phantom phantom = Phantom.of(PhantomSpec.drawn(seed, matrix));
        with(side, "case_" + seed, phantom.volume(), phantom.truth());
      }
    }
    return this;
  }

  WrittenSet with(String side, String name, Volume volume, LabelMap labels) throws IOException {
    NiftiWriter.write(volume, folder.resolve(image(name)));
    NiftiWriter.write(labels, folder.resolve(label(name)));
    list(side, name);
    return this;
  }

  private void list(String side, String name) {
    cases.add(
        Map.of(
            "name", name,
            "split", side,
            "files",
                Map.of(
                    "image", Map.of("path", image(name)), "label", Map.of("path", label(name)))));
  }

  private static String image(String name) {
    return "imagesTr/" + name + "_0000.nii.gz";
  }

  private static String label(String name) {
    return "labelsTr/" + name + ".nii.gz";
  }

  Path written() throws IOException {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("formatVersion", 2);
    manifest.put("dataset", Map.of("format", "NNUNET", "modality", "CT"));
    manifest.put("schema", schema);
    List<Map<String, Object>> labels = new ArrayList<>();
    for (Segment segment : schema.segments()) {
      labels.add(Map.of("value", segment.number(), "segmentNumber", segment.number()));
    }
    manifest.put("labels", labels);
    manifest.put("cases", cases);
    Files.write(folder.resolve("manifest.json"), EventJson.mapper().writeValueAsBytes(manifest));
    return folder;
  }
}

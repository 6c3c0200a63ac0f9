package org.firstpass.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.EventJson;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.segment.Segment;
import org.firstpass.volume.NiftiWriter;

/** A data set of phantoms as an export writes it, with what the trainer reads of its manifest. */
final class PhantomSet {
  private final Path folder;
  private final List<Map<String, Object>> cases = new ArrayList<>();

  PhantomSet(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("imagesTr"));
    Files.createDirectories(folder.resolve("labelsTr"));
  }

  /** Adds phantoms whose seeds begin somewhere. */
  PhantomSet with(String side, long firstSeed, int count, int matrix) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      String name = "case_" + seed;
      String image = "imagesTr/" + name + "_0000.nii.gz";
      String label = "labelsTr/" + name + ".nii.gz";
      if (!side.equals("TEST")) {
        Phantom phantom = Phantom.of(PhantomSpec.drawn(seed, matrix));
        NiftiWriter.write(phantom.volume(), folder.resolve(image));
        NiftiWriter.write(phantom.truth(), folder.resolve(label));
      }
      cases.add(
          Map.of(
              "name", name,
              "split", side,
              "files", Map.of("image", Map.of("path", image), "label", Map.of("path", label))));
    }
    return this;
  }

  Path written() throws IOException {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("formatVersion", 2);
    manifest.put("dataset", Map.of("format", "NNUNET", "modality", "CT"));
    manifest.put("schema", AbdomenSchema.SCHEMA);
    List<Map<String, Object>> labels = new ArrayList<>();
    for (Segment segment : AbdomenSchema.SCHEMA.segments()) {
      labels.add(Map.of("value", segment.number(), "segmentNumber", segment.number()));
    }
    manifest.put("labels", labels);
    manifest.put("cases", cases);
    Files.write(folder.resolve("manifest.json"), EventJson.mapper().writeValueAsBytes(manifest));
    return folder;
  }
}

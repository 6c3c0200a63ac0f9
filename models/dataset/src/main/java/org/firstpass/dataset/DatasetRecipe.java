package org.firstpass.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.study.Sha256;

/** What a manifest says of how to make its data set again: what was asked, and of which events. */
record DatasetRecipe(DatasetRequest request, Set<UUID> corrections, Sha256 hash) {
  DatasetRecipe {
    corrections = Set.copyOf(corrections);
  }

  /**
   * Reads the bytes of a {@code manifest.json}.
   *
   * @throws ExportRefused if they are not a manifest of a version that this build writes
   */
  static DatasetRecipe of(byte[] manifest) {
    try {
      JsonNode json = new ObjectMapper().readTree(manifest);
      int version = json.path("formatVersion").asInt();
      if (version != DatasetManifest.FORMAT_VERSION) {
        throw new ExportRefused(
            Reason.NOT_A_MANIFEST,
            "expected a manifest of format version "
                + DatasetManifest.FORMAT_VERSION
                + ", found "
                + version);
      }
      var corrections = new HashSet<UUID>();
      for (JsonNode one : json.path("cases")) {
        corrections.add(UUID.fromString(one.at("/provenance/correction").asText()));
      }
      for (JsonNode one : json.path("leftOut")) {
        corrections.add(UUID.fromString(one.path("correction").asText()));
      }
      return new DatasetRecipe(request(json), corrections, Sha256.of(manifest));
    } catch (IOException | IllegalArgumentException e) {
      throw new ExportRefused(Reason.NOT_A_MANIFEST, "not the manifest of a data set", e);
    }
  }

  private static DatasetRequest request(JsonNode json) {
    JsonNode dataset = json.path("dataset");
    JsonNode schema = json.path("schema");
    return new DatasetRequest(
        DatasetFormat.valueOf(dataset.path("format").asText()),
        dataset.path("number").asInt(),
        dataset.path("name").asText(),
        new SchemaChoice(schema.path("name").asText(), schema.path("version").asInt()),
        dataset.path("modality").asText(),
        NotAssessableRule.valueOf(dataset.path("notAssessable").asText()));
  }
}

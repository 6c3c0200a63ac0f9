package org.firstpass.dataset;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.dataset.CorrectionLog.Weighed;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.LedgerEntry;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.EventJson;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of how to make its data set again: what was asked, and of which events.
 *
 * @param ledger the sides of the patients, as they were
 * @param origin null if the manifest is of format 1
 * @param heldBack how many cases were on neither side
 * @param tombstoned whether cases were erased from the manifest since, so that its hash is another
 */
record DatasetRecipe(
    int formatVersion,
    DatasetRequest request,
    Set<UUID> corrections,
    List<LedgerEntry> ledger,
    @Nullable DatasetOrigin origin,
    long heldBack,
    boolean tombstoned,
    Sha256 hash) {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  DatasetRecipe {
    corrections = Set.copyOf(corrections);
    ledger = List.copyOf(ledger);
  }

  /**
   * Reads the bytes of a {@code manifest.json}.
   *
   * @throws ExportRefused if they are not a manifest of a version that this build knows
   */
  static DatasetRecipe of(byte[] manifest) {
    try {
      JsonNode json = MAPPER.readTree(manifest);
      int version = json.path("formatVersion").asInt();
      if (version < 1 || version > DatasetManifest.FORMAT_VERSION) {
        throw new ExportRefused(
            Reason.NOT_A_MANIFEST,
            "expected a manifest of format version 1 to "
                + DatasetManifest.FORMAT_VERSION
                + ", found "
                + version);
      }
      DatasetOrigin origin =
          version == 1 ? null : MAPPER.treeToValue(json.required("origin"), DatasetOrigin.class);
      return new DatasetRecipe(
          version,
          request(json, origin),
          origin == null ? corrections(json) : corrections(origin),
          origin == null ? ledger(json) : origin.ledger(),
          origin,
          heldBack(json),
          json.path("tombstoned").asBoolean(),
          Sha256.of(manifest));
    } catch (IOException | IllegalArgumentException e) {
      throw new ExportRefused(Reason.NOT_A_MANIFEST, "not the manifest of a data set", e);
    }
  }

  private static Set<UUID> corrections(DatasetOrigin origin) {
    return origin.log().corrections().stream().map(Weighed::correction).collect(toSet());
  }

  private static Set<UUID> corrections(JsonNode json) {
    var corrections = new HashSet<UUID>();
    for (JsonNode one : json.path("cases")) {
      corrections.add(UUID.fromString(one.at("/provenance/correction").asText()));
    }
    for (JsonNode one : json.path("leftOut")) {
      corrections.add(UUID.fromString(one.path("correction").asText()));
    }
    return corrections;
  }

  private static List<LedgerEntry> ledger(JsonNode json) {
    var entries = new LinkedHashSet<LedgerEntry>();
    for (JsonNode one : json.path("cases")) {
      var patient = new PatientKey(one.at("/source/patient").asText());
      entries.add(new LedgerEntry(patient, Split.valueOf(one.path("split").asText()), patient));
    }
    return List.copyOf(entries);
  }

  private static long heldBack(JsonNode json) {
    return json.path("leftOut").findValuesAsText("reason").stream()
        .filter(LeftOutCase.Reason.SAME_PERSON_ON_ANOTHER_SIDE.name()::equals)
        .count();
  }

  private static DatasetRequest request(JsonNode json, @Nullable DatasetOrigin origin)
      throws IOException {
    JsonNode dataset = json.path("dataset");
    JsonNode schema = json.path("schema");
    return new DatasetRequest(
        DatasetFormat.valueOf(dataset.path("format").asText()),
        dataset.path("number").asInt(),
        dataset.path("name").asText(),
        new SchemaChoice(schema.path("name").asText(), schema.path("version").asInt()),
        dataset.path("modality").asText(),
        NotAssessableRule.valueOf(dataset.path("notAssessable").asText()),
        dataset.has("selection")
            ? MAPPER.treeToValue(dataset.get("selection"), Selection.class)
            : Selection.ALL,
        origin == null ? null : origin.licences().data());
  }
}

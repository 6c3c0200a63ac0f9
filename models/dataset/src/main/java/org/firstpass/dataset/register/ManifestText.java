package org.firstpass.dataset.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;

/** A manifest as the register reads it, of whatever format version. */
final class ManifestText {
  /** The field that says that a manifest is not as it was made: cases were erased from it. */
  private static final String TOMBSTONED = "tombstoned";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode json;

  ManifestText(byte[] manifest) {
    try {
      this.json = (ObjectNode) MAPPER.readTree(manifest);
    } catch (IOException | ClassCastException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "a manifest in the register is damaged", e);
    }
  }

  String name() {
    return json.at("/dataset/name").asText();
  }

  String format() {
    return json.at("/dataset/format").asText();
  }

  List<JsonNode> cases() {
    var cases = new ArrayList<JsonNode>();
    json.path("cases").forEach(cases::add);
    return cases;
  }

  /** The names of the cases of each patient. */
  Map<String, List<String>> casesByPatient() {
    var byPatient = new TreeMap<String, List<String>>();
    for (JsonNode one : cases()) {
      byPatient
          .computeIfAbsent(patient(one), key -> new ArrayList<>())
          .add(one.path("name").asText());
    }
    return byPatient;
  }

  private static String patient(JsonNode one) {
    return one.at("/source/patient").asText();
  }

  /**
   * The manifest without the cases, corrections and sides of a patient. What was left out of the
   * data set names no patient and stays.
   */
  byte[] without(PatientKey patient) {
    Set<String> gone = new HashSet<>();
    for (JsonNode one : cases()) {
      if (patient(one).equals(patient.value())) {
        gone.add(one.at("/provenance/correction").asText());
        one.at("/provenance/reading/others")
            .forEach(other -> gone.add(other.path("correction").asText()));
      }
    }
    ObjectNode copy = json.deepCopy();
    remove(copy.path("cases"), one -> patient(one).equals(patient.value()));
    remove(copy.at("/origin/ledger"), one -> one.path("patient").asText().equals(patient.value()));
    remove(
        copy.at("/origin/log/corrections"), one -> gone.contains(one.path("correction").asText()));
    if (copy.path("origin") instanceof ObjectNode origin) {
      origin.put("erased", origin.path("erased").asInt() + gone.size());
    }
    copy.put(TOMBSTONED, true);
    return copy.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  private static void remove(JsonNode list, Predicate<JsonNode> gone) {
    if (list instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (gone.test(array.get(i))) {
          array.remove(i);
        }
      }
    }
  }
}

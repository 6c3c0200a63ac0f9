package org.firstpass.dicomweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.firstpass.dicom.web.AttributeName;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * A row of the index as the standard wants a result: what it lists for the level, empty if the
 * instance has it not, and what the query asked for beside.
 *
 * @see "PS3.18 tables 10.6.3-3 to 10.6.3-5"
 */
final class QueryAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> STUDY =
      List.of(
          "00080020",
          "00080030",
          "00080050",
          "00080090",
          "00081030",
          "00100010",
          "00100020",
          "00100030",
          "00100040",
          "0020000D",
          "00200010");
  private static final List<String> SERIES =
      List.of("00080060", "0008103E", "0020000E", "00200011", "00400244", "00400245", "00400275");
  private static final List<String> INSTANCE = List.of("00080016", "00080018", "00200013");
  private static final Set<String> IF_PRESENT =
      Set.of("00080201", "00280008", "00280010", "00280011", "00280100", "00080021", "00080031");

  private final Query query;
  private final String root;

  /**
   * @param root address of the DICOMweb server, without a slash at the end
   */
  QueryAnswer(Query query, String root) {
    this.query = query;
    this.root = root;
  }

  ObjectNode of(Map<String, String> row) {
    Map<String, JsonNode> result = new TreeMap<>();
    ObjectNode study = parse(row, Level.STUDY);
    ObjectNode series = parse(row, Level.SERIES);
    ObjectNode instance = parse(row, Level.INSTANCE);
    Set<Level> full = full();
    add(result, Level.STUDY, study, STUDY, full.contains(Level.STUDY));
    if (query.level() != Level.STUDY) {
      add(result, Level.SERIES, series, SERIES, full.contains(Level.SERIES));
    }
    if (query.level() == Level.INSTANCE) {
      add(result, Level.INSTANCE, instance, INSTANCE, true);
    }
    computed(result, row, full);
    keep(result, study, "0020000D");
    keep(result, series, "0020000E");
    String studyUid = text(study, "0020000D");
    String url = root + "/studies/" + studyUid;
    if (query.level() != Level.STUDY) {
      url += "/series/" + text(series, "0020000E");
    }
    if (query.level() == Level.INSTANCE) {
      url += "/instances/" + text(instance, "00080018");
    }
    put(result, "00081190", "UR", url);
    put(result, "00080005", "CS", "ISO_IR 192");
    put(result, "00080056", "CS", "ONLINE");
    ObjectNode object = JSON.createObjectNode();
    result.forEach(object::set);
    return object;
  }

  /**
   * Levels whose listed attributes belong to a result: its own, and those that the path leaves
   * open.
   */
  private Set<Level> full() {
    Set<Level> levels = EnumSet.of(query.level());
    if (query.study().isEmpty()) {
      levels.add(Level.STUDY);
    }
    if (query.level() == Level.INSTANCE && query.series().isEmpty()) {
      levels.add(Level.SERIES);
    }
    return levels;
  }

  private void add(
      Map<String, JsonNode> result,
      Level level,
      ObjectNode attributes,
      List<String> listed,
      boolean full) {
    attributes
        .properties()
        .forEach(
            attribute -> {
              String tag = attribute.getKey();
              boolean asked = query.fields().tags().contains(tag) || full && query.fields().all();
              if (asked || full && (listed.contains(tag) || IF_PRESENT.contains(tag))) {
                result.put(tag, attribute.getValue());
              }
            });
    for (String tag : full ? listed : List.<String>of()) {
      result.computeIfAbsent(tag, QueryAnswer::empty);
    }
    for (String tag : query.fields().tags()) {
      if (Level.of(Integer.parseUnsignedInt(tag, 16)) == level && listed.contains(tag)) {
        result.computeIfAbsent(tag, QueryAnswer::empty);
      }
    }
  }

  private void computed(Map<String, JsonNode> result, Map<String, String> row, Set<Level> full) {
    if (full.contains(Level.STUDY)) {
      ArrayNode modalities = put(result, "00080061", "CS");
      for (String modality : row.getOrDefault("modalities", "").split("\\\\")) {
        if (!modality.isEmpty()) {
          modalities.add(modality);
        }
      }
      put(result, "00201206", "IS").add(Long.parseLong(row.getOrDefault("series_count", "0")));
      put(result, "00201208", "IS").add(Long.parseLong(row.getOrDefault("instance_count", "0")));
    }
    if (full.contains(Level.SERIES) && query.level() != Level.STUDY) {
      String count = row.getOrDefault("series_instance_count", "0");
      put(result, "00201209", "IS").add(Long.parseLong(count));
    }
    if (query.level() == Level.INSTANCE) {
      put(result, "00083002", "UI", row.getOrDefault("transfer_syntax", ""));
    }
  }

  private static void keep(Map<String, JsonNode> result, ObjectNode attributes, String tag) {
    if (attributes.has(tag)) {
      result.put(tag, attributes.get(tag));
    }
  }

  private static ObjectNode parse(Map<String, String> row, Level level) {
    try {
      String json = row.getOrDefault(level.attributesColumn(), "{}");
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "the index holds what does not parse", e);
    }
  }

  private static String text(ObjectNode attributes, String tag) {
    return attributes.path(tag).path("Value").path(0).asText("");
  }

  private static JsonNode empty(String tag) {
    AttributeName name = AttributeName.of(tag).orElseThrow();
    return JSON.createObjectNode().put("vr", name.vr().name());
  }

  private static void put(Map<String, JsonNode> result, String tag, String vr, String value) {
    put(result, tag, vr).add(value);
  }

  private static ArrayNode put(Map<String, JsonNode> result, String tag, String vr) {
    ObjectNode attribute = JSON.createObjectNode().put("vr", vr);
    result.put(tag, attribute);
    return attribute.putArray("Value");
  }
}

package org.firstpass.dicomweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.web.AttributeName;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.Sha256;

/** What the index keeps of one instance: its attributes by level. */
final class IndexedInstance {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STUDY_UID = "0020000D";
  private static final String SERIES_UID = "0020000E";
  private static final String INSTANCE_UID = "00080018";
  private static final String CHARACTER_SET = "00080005";

  private final Sha256 content;
  private final long size;
  private final String transferSyntax;
  private final Map<Level, ObjectNode> attributes;

  private IndexedInstance(
      Sha256 content, long size, String transferSyntax, Map<Level, ObjectNode> attributes) {
    this.content = content;
    this.size = size;
    this.transferSyntax = transferSyntax;
    this.attributes = attributes;
  }

  /**
   * Reads the header of a stored instance.
   *
   * @throws StudyRefused MALFORMED_INSTANCE
   */
  static IndexedInstance read(InstanceSource source, Sha256 content, long size) {
    DicomJson.Header header =
        DicomJson.header(source, tag -> !isSequence(tag) || Level.keepsSequence(tag));
    Map<Level, ObjectNode> attributes = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      attributes.put(level, JSON.createObjectNode());
    }
    parse(header.json())
        .properties()
        .forEach(
            attribute -> {
              int tag = Integer.parseUnsignedInt(attribute.getKey(), 16);
              node(attributes, Level.of(tag)).set(attribute.getKey(), attribute.getValue());
            });
    node(attributes, Level.INSTANCE).remove(CHARACTER_SET);
    var instance = new IndexedInstance(content, size, header.transferSyntax(), attributes);
    if (instance.study().isEmpty() || instance.series().isEmpty() || instance.uid().isEmpty()) {
      throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "an instance lacks one of its UIDs");
    }
    return instance;
  }

  private static boolean isSequence(int tag) {
    return new AttributeName(tag).vr() == org.firstpass.dicom.dataset.Vr.SQ;
  }

  private static ObjectNode node(Map<Level, ObjectNode> attributes, Level level) {
    return Optional.ofNullable(attributes.get(level)).orElseThrow();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "our own DICOM JSON does not parse", e);
    }
  }

  String study() {
    return first(Level.STUDY, STUDY_UID);
  }

  String series() {
    return first(Level.SERIES, SERIES_UID);
  }

  String uid() {
    return first(Level.INSTANCE, INSTANCE_UID);
  }

  String studyDate() {
    return first(Level.STUDY, "00080020");
  }

  String modality() {
    return first(Level.SERIES, "00080060");
  }

  int seriesNumber() {
    return number(Level.SERIES, "00200011");
  }

  int instanceNumber() {
    return number(Level.INSTANCE, "00200013");
  }

  Sha256 content() {
    return content;
  }

  long size() {
    return size;
  }

  String transferSyntax() {
    return transferSyntax;
  }

  String attributes(Level level) {
    return node(attributes, level).toString();
  }

  String terms(Level level) {
    return MatchTerms.of(node(attributes, level)).toString();
  }

  private String first(Level level, String tag) {
    return node(attributes, level).path(tag).path("Value").path(0).asText("");
  }

  private int number(Level level, String tag) {
    return node(attributes, level).path(tag).path("Value").path(0).asInt(0);
  }
}

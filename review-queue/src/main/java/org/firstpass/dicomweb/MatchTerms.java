package org.firstpass.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values of attributes as they are matched: text by tag; of times six digits and a fraction; of
 * names also their words. A value in an item of a sequence is found by both tags with a dot.
 */
final class MatchTerms {
  /** Before the tag of a name, the words of it. */
  static final String WORDS = "words ";

  private static final int LONGEST_TERM = 256;
  private static final ObjectMapper JSON = new ObjectMapper();

  private MatchTerms() {}

  /** The terms of an object of DICOM JSON. */
  static ObjectNode of(ObjectNode attributes) {
    ObjectNode terms = JSON.createObjectNode();
    attributes
        .properties()
        .forEach(
            attribute -> {
              add(terms, attribute.getKey(), attribute.getValue());
              if (attribute.getValue().path("vr").asText().equals("SQ")) {
                for (JsonNode item : attribute.getValue().path("Value")) {
                  item.properties()
                      .forEach(
                          inner ->
                              add(
                                  terms,
                                  attribute.getKey() + "." + inner.getKey(),
                                  inner.getValue()));
                }
              }
            });
    return terms;
  }

  private static void add(ObjectNode terms, String key, JsonNode attribute) {
    String vr = attribute.path("vr").asText();
    for (JsonNode value : attribute.path("Value")) {
      switch (vr) {
        case "SQ" -> {}
        case "PN" ->
            value
                .properties()
                .forEach(
                    group -> {
                      put(terms, key, group.getValue().asText());
                      words(group.getValue().asText())
                          .forEach(word -> put(terms, WORDS + key, word));
                    });
        case "TM" -> put(terms, key, time(value.asText(), '0'));
        default -> put(terms, key, value.asText());
      }
    }
  }

  private static void put(ObjectNode terms, String key, String value) {
    if (!value.isEmpty() && value.length() <= LONGEST_TERM) {
      ArrayNode values = terms.has(key) ? (ArrayNode) terms.get(key) : terms.putArray(key);
      values.add(value);
    }
  }

  /** The parts of a name without case and accents. */
  static List<String> words(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>(List.of(plain.split("[\\^\\s,=*?]+")));
    words.removeIf(String::isEmpty);
    return words;
  }

  /**
   * A time with six digits and a fraction of six.
   *
   * @param filling what is not stated: 0 for the earliest, 9 for the latest
   */
  static String time(String time, char filling) {
    String digits = time.replace(":", "");
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    return padded(whole, filling) + "." + padded(fraction, filling);
  }

  private static String padded(String digits, char filling) {
    String cut = digits.length() > 6 ? digits.substring(0, 6) : digits;
    return cut + String.valueOf(filling).repeat(6 - cut.length());
  }
}

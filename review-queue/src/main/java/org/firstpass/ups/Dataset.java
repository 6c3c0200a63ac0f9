package org.firstpass.ups;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.firstpass.dicom.MessageAttributes;

/**
 * Attributes by tag, in the DICOM JSON model. Mutable while it is built; not thread-safe.
 *
 * @see "PS3.18 F.2"
 */
public final class Dataset {
  private static final Pattern TAG = Pattern.compile("[0-9A-F]{8}");
  private static final Pattern VR = Pattern.compile("[A-Z]{2}");
  private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
  private static final int MAX_DEPTH = 32;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();

  private final TreeMap<String, ObjectNode> elements = new TreeMap<>();

  /**
   * A data set as it was sent: one object, or an array of one.
   *
   * @throws WorklistRefusal MALFORMED, never quoting what was sent
   */
  public static Dataset parse(String json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw malformed("the body is DICOM JSON, but cannot be read as JSON");
    }
    if (node != null && node.isArray() && node.size() == 1) {
      node = node.get(0);
    }
    return of(node);
  }

  private static Dataset of(JsonNode node) {
    if (node == null || !node.isObject()) {
      throw malformed("a data set is one JSON object with a member for each attribute");
    }
    var dataset = new Dataset();
    Iterator<Map.Entry<String, JsonNode>> members = node.fields();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      dataset.elements.put(member.getKey(), element(member.getKey(), member.getValue()));
    }
    return dataset;
  }

  /**
   * A data set as a DIMSE message had it.
   *
   * @throws WorklistRefusal MALFORMED
   */
  public static Dataset of(MessageAttributes message) {
    return of(node(message));
  }

  private static ObjectNode node(MessageAttributes message) {
    ObjectNode node = MAPPER.createObjectNode();
    message
        .values()
        .forEach(
            (tag, value) -> {
              ObjectNode element = node.putObject("%08X".formatted(tag));
              if (value instanceof MessageAttributes.Value.Items items) {
                ArrayNode array = element.put("vr", "SQ").putArray("Value");
                items.items().forEach(item -> array.add(node(item)));
              } else if (value instanceof MessageAttributes.Value.Texts texts) {
                ArrayNode array = element.put("vr", texts.vr()).putArray("Value");
                texts.texts().forEach(text -> add(array, texts.vr(), text));
              }
            });
    return node;
  }

  private static void add(ArrayNode array, String vr, String text) {
    if (vr.equals("PN")) {
      putName(array.addObject(), text);
    } else {
      array.add(text);
    }
  }

  /** The same as a DIMSE message. */
  public MessageAttributes toMessage() {
    var message = new MessageAttributes();
    elements.forEach(
        (tag, element) -> {
          String vr = element.path("vr").asText();
          List<String> texts = new ArrayList<>();
          List<MessageAttributes> items = new ArrayList<>();
          for (JsonNode value : element.path("Value")) {
            if (vr.equals("SQ")) {
              items.add(of(value).toMessage());
            } else {
              texts.add(value.isObject() ? name(value) : value.asText());
            }
          }
          message.put(
              Integer.parseUnsignedInt(tag, 16),
              vr.equals("SQ")
                  ? new MessageAttributes.Value.Items(items)
                  : new MessageAttributes.Value.Texts(vr, texts));
        });
    return message;
  }

  private static String name(JsonNode name) {
    var groups = new ArrayList<String>();
    NAME_GROUPS.forEach(group -> groups.add(name.path(group).asText("")));
    while (!groups.isEmpty() && groups.get(groups.size() - 1).isEmpty()) {
      groups.remove(groups.size() - 1);
    }
    return String.join("=", groups);
  }

  private static ObjectNode element(String tag, JsonNode element) {
    if (!TAG.matcher(tag).matches()) {
      throw malformed("an attribute is named by eight hexadecimal digits in upper case");
    }
    JsonNode vr = element.path("vr");
    JsonNode values = element.path("Value");
    if (!element.isObject()
        || !vr.isTextual()
        || !VR.matcher(vr.textValue()).matches()
        || !values.isMissingNode() && !values.isArray()) {
      throw malformed("attribute " + tag + " has a 'vr' and, if it has a value, a list 'Value'");
    }
    Optional<UpsAttribute> known = UpsAttribute.ofTag(tag);
    if (known.isPresent() && known.get().isSequence() != vr.textValue().equals("SQ")) {
      throw malformed("attribute " + tag + " has the value representation " + known.get().vr());
    }
    if (vr.textValue().equals("SQ")) {
      values.forEach(Dataset::of);
    }
    return (ObjectNode) element;
  }

  static WorklistRefusal malformed(String message) {
    return new WorklistRefusal(WorklistRefusal.Reason.MALFORMED, message);
  }

  /** Sets the values of an attribute; none makes it empty. */
  public Dataset put(UpsAttribute attribute, String... values) {
    ArrayNode array = value(attribute);
    for (String value : values) {
      if (attribute.vr().equals("PN")) {
        putName(array.addObject(), value);
      } else if (attribute.vr().equals("US")) {
        array.add(Integer.parseInt(value));
      } else {
        array.add(value);
      }
    }
    return this;
  }

  // Component groups, of which the first may be empty.
  private static void putName(ObjectNode name, String value) {
    String[] groups = value.split("=", NAME_GROUPS.size());
    for (int at = 0; at < groups.length; at++) {
      if (!groups[at].isEmpty()) {
        name.put(NAME_GROUPS.get(at), groups[at]);
      }
    }
  }

  /** Sets the items of a sequence; none makes it empty. */
  public Dataset putItems(UpsAttribute attribute, List<Dataset> items) {
    ArrayNode array = value(attribute);
    items.forEach(item -> array.add(item.toNode()));
    return this;
  }

  public Dataset putItem(UpsAttribute attribute, Dataset item) {
    return putItems(attribute, List.of(item));
  }

  private ArrayNode value(UpsAttribute attribute) {
    ObjectNode element = MAPPER.createObjectNode().put("vr", attribute.vr());
    elements.put(attribute.tag(), element);
    return element.putArray("Value");
  }

  /** Takes an attribute of another data set as it is there, if it is there. */
  Dataset take(UpsAttribute attribute, Dataset other) {
    ObjectNode element = other.elements.get(attribute.tag());
    if (element != null) {
      elements.put(attribute.tag(), element);
    }
    return this;
  }

  Dataset remove(UpsAttribute attribute) {
    elements.remove(attribute.tag());
    return this;
  }

  public boolean contains(UpsAttribute attribute) {
    return elements.containsKey(attribute.tag());
  }

  /** Whether it is there with a value that is not empty. */
  boolean hasValue(UpsAttribute attribute) {
    return attribute.isSequence()
        ? !items(attribute).isEmpty()
        : text(attribute).filter(text -> !text.isBlank()).isPresent();
  }

  /** The first value as text; of a person's name the alphabetic group. */
  public Optional<String> text(UpsAttribute attribute) {
    JsonNode first = values(attribute).path(0);
    if (first.isObject()) {
      first = first.path("Alphabetic");
    }
    return first.isValueNode() && !first.isNull() ? Optional.of(first.asText()) : Optional.empty();
  }

  public List<Dataset> items(UpsAttribute attribute) {
    List<Dataset> items = new ArrayList<>();
    values(attribute).forEach(item -> items.add(of(item)));
    return items;
  }

  private JsonNode values(UpsAttribute attribute) {
    ObjectNode element = elements.get(attribute.tag());
    return element == null ? MissingNode.getInstance() : element.path("Value");
  }

  List<String> tags() {
    return elements.keySet().stream().sorted(Comparator.naturalOrder()).toList();
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  /** These attributes, and those of the changes instead where both have them. */
  public Dataset with(Dataset changes) {
    Dataset all = copy();
    all.elements.putAll(changes.elements);
    return all;
  }

  /** These attributes without what a performer says of its work. */
  public Dataset withoutPerformance() {
    return copy()
        .remove(UpsAttribute.PROGRESS_INFORMATION)
        .remove(UpsAttribute.PERFORMED_PROCEDURE);
  }

  Dataset copy() {
    var copy = new Dataset();
    copy.elements.putAll(elements);
    return copy;
  }

  /** A code as the item of a code sequence. */
  static Dataset code(String value, String scheme, String meaning) {
    return new Dataset()
        .put(UpsAttribute.CODE_VALUE, value)
        .put(UpsAttribute.CODING_SCHEME_DESIGNATOR, scheme)
        .put(UpsAttribute.CODE_MEANING, meaning);
  }

  private ObjectNode toNode() {
    ObjectNode object = MAPPER.createObjectNode();
    elements.forEach(
        (tag, element) -> {
          ObjectNode copy = element.deepCopy();
          // An empty attribute has no Value at all.
          if (copy.path("Value").isEmpty()) {
            copy.remove("Value");
          }
          object.set(tag, copy);
        });
    return object;
  }

  public String toJson() {
    return toNode().toString();
  }

  public static String toJson(List<Dataset> datasets) {
    ArrayNode array = MAPPER.createArrayNode();
    datasets.forEach(dataset -> array.add(dataset.toNode()));
    return array.toString();
  }
}

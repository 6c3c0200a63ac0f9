package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/**
 * The attributes of a small DIMSE message, by tag: texts, or items. What is binary is left out.
 *
 * <p>Mutable while it is built; not thread-safe. {@link #toString} hides the values.
 */
public final class MessageAttributes {
  private static final int MAX_DEPTH = 32;

  /** One attribute's value. */
  public sealed interface Value {
    /** Texts of a value representation, empty if the attribute is. */
    record Texts(String vr, List<String> texts) implements Value {
      public Texts {
        texts = List.copyOf(texts);
      }
    }

    /** Items of a sequence. */
    record Items(List<MessageAttributes> items) implements Value {
      public Items {
        items = List.copyOf(items);
      }
    }
  }

  private final SortedMap<Integer, Value> values = new TreeMap<>(Integer::compareUnsigned);

  public MessageAttributes put(int tag, Value value) {
    values.put(tag, value);
    return this;
  }

  /** By tag, in ascending order. */
  public SortedMap<Integer, Value> values() {
    return values;
  }

  static MessageAttributes from(Attributes attributes) {
    return from(attributes, 0);
  }

  private static MessageAttributes from(Attributes attributes, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("sequences are nested deeper than " + MAX_DEPTH);
    }
    var message = new MessageAttributes();
    for (int tag : attributes.tags()) {
      VR vr = attributes.getVR(tag);
      if (vr == VR.SQ) {
        message.put(tag, new Value.Items(items(attributes.getSequence(tag), depth)));
      } else if (isText(vr)) {
        String[] texts = attributes.getStrings(tag);
        message.put(tag, new Value.Texts(vr.name(), texts == null ? List.of() : present(texts)));
      }
    }
    return message;
  }

  private static List<MessageAttributes> items(Sequence sequence, int depth) {
    List<MessageAttributes> items = new ArrayList<>();
    for (Attributes item : sequence) {
      items.add(from(item, depth + 1));
    }
    return items;
  }

  private static List<String> present(String[] texts) {
    List<String> present = new ArrayList<>();
    for (String text : texts) {
      present.add(text == null ? "" : text);
    }
    return present;
  }

  // By name: the editions of the toolkit know different ones of those that are binary.
  private static boolean isText(VR vr) {
    return vr != VR.UN && !vr.name().startsWith("O");
  }

  Attributes toAttributes() {
    var attributes = new Attributes();
    values.forEach(
        (tag, value) -> {
          if (value instanceof Value.Items items) {
            Sequence sequence = attributes.newSequence(tag, items.items().size());
            items.items().forEach(item -> sequence.add(item.toAttributes()));
          } else {
            Value.Texts texts = (Value.Texts) value;
            attributes.setString(tag, vr(texts.vr()), texts.texts().toArray(String[]::new));
          }
        });
    return attributes;
  }

  // The older edition of the toolkit lacks some.
  private static VR vr(String name) {
    try {
      return VR.valueOf(name);
    } catch (IllegalArgumentException e) {
      return VR.UT;
    }
  }

  @Override
  public String toString() {
    return "MessageAttributes[" + values.size() + " hidden]";
  }
}

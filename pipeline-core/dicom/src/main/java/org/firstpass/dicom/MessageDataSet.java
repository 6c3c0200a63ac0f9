package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.DataSet.Element;
import org.firstpass.dicom.dataset.TextValues;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;

/** The data set of a DIMSE message, from and to the toolkit's. What is binary is left out. */
final class MessageDataSet {
  private static final int MAX_DEPTH = 32;

  private MessageDataSet() {}

  /**
   * @throws IllegalArgumentException if sequences are nested too deep
   */
  static DataSet from(Attributes attributes) {
    return from(attributes, 0);
  }

  private static DataSet from(Attributes attributes, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("sequences are nested deeper than " + MAX_DEPTH);
    }
    var message = new DataSet();
    for (int tag : attributes.tags()) {
      Vr vr = Vr.of(attributes.getVR(tag).name()).orElse(Vr.UN);
      if (vr == Vr.SQ) {
        message.put(tag, Element.of(items(attributes.getSequence(tag), depth)));
      } else if (vr.kind() != Vr.Kind.BINARY && tag != TextValues.SPECIFIC_CHARACTER_SET) {
        String[] texts = attributes.getStrings(tag);
        message.put(tag, Element.of(vr, Value.of(vr, texts == null ? List.of() : present(texts))));
      }
    }
    return message;
  }

  private static List<DataSet> items(Sequence sequence, int depth) {
    List<DataSet> items = new ArrayList<>();
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

  /** The toolkit's, in UTF-8. */
  static Attributes of(DataSet message) {
    Attributes attributes = attributes(message);
    attributes.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    return attributes;
  }

  private static Attributes attributes(DataSet message) {
    var attributes = new Attributes();
    for (int tag : message.tags()) {
      Element element = message.element(tag);
      if (element.vr() == Vr.SQ) {
        Sequence sequence = attributes.newSequence(tag, element.items().size());
        element.items().forEach(item -> sequence.add(attributes(item)));
      } else if (element.vr().kind() != Vr.Kind.BINARY) {
        // In bytes: the toolkit encodes numbers from text, and text not in items, as it likes.
        attributes.setBytes(tag, vr(element.vr()), element.value().bytes());
      }
    }
    return attributes;
  }

  // The older edition of the toolkit lacks some.
  private static VR vr(Vr vr) {
    try {
      return VR.valueOf(vr.name());
    } catch (IllegalArgumentException e) {
      return VR.UT;
    }
  }
}

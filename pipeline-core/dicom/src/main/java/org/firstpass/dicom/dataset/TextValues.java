package org.firstpass.dicom.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Turns the bytes of text attributes into text, each item with the character set that it states or
 * inherits. Not thread-safe.
 *
 * @see "PS3.5 section 6.1, PS3.3 C.12.1.1.2"
 */
public final class TextValues {
  public static final int SPECIFIC_CHARACTER_SET = 0x0008_0005;

  private final Deque<Attributes> sets = new ArrayDeque<>();

  public TextValues() {
    sets.push(new Attributes());
  }

  public void beginItem() {
    var inherited = new Attributes();
    String[] names = sets.element().getStrings(Tag.SpecificCharacterSet);
    if (names != null) {
      inherited.setString(Tag.SpecificCharacterSet, VR.CS, names);
    }
    sets.push(inherited);
  }

  public void endItem() {
    sets.pop();
  }

  /** What the values after it are written in. */
  public void specificCharacterSet(byte[] value) {
    String[] names = split(new String(value, StandardCharsets.US_ASCII)).toArray(String[]::new);
    sets.element().setString(Tag.SpecificCharacterSet, VR.CS, names);
  }

  /** The values of an element without padding; an empty one between others is an empty string. */
  public List<String> decode(Vr vr, byte[] value) {
    if (vr.kind() != Vr.Kind.NATIONAL) {
      String text = new String(value, StandardCharsets.ISO_8859_1);
      return vr.singleValued() ? single(text) : split(text);
    }
    Attributes set = sets.element();
    int tag = vr.singleValued() ? Tag.TextComments : Tag.OtherPatientNames;
    set.setBytes(tag, VR.valueOf(vr.name()), value);
    String[] decoded = set.getStrings(tag);
    set.remove(tag);
    if (decoded == null) {
      return List.of();
    }
    return Arrays.stream(decoded)
        .map(text -> text == null ? "" : text)
        .map(text -> vr == Vr.PN ? withoutEmptyGroups(text) : trimmed(text, vr.singleValued()))
        .toList();
  }

  private static List<String> single(String text) {
    String trimmed = trimmed(text, true);
    return trimmed.isEmpty() ? List.of() : List.of(trimmed);
  }

  private static List<String> split(String text) {
    if (trimmed(text, false).isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (String value : text.split("\\\\", -1)) {
      values.add(trimmed(value, false));
    }
    return values;
  }

  private static String withoutEmptyGroups(String name) {
    String trimmed = trimmed(name, false);
    int end = trimmed.length();
    while (end > 0 && trimmed.charAt(end - 1) == '=') {
      end--;
    }
    return trimmed.substring(0, end);
  }

  private static String trimmed(String text, boolean keepLeading) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\0')) {
      end--;
    }
    int begin = 0;
    while (!keepLeading && begin < end && text.charAt(begin) == ' ') {
      begin++;
    }
    return text.substring(begin, end);
  }
}

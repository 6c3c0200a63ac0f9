package org.firstpass.dicomweb;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.http.ApiRefusal;

/**
 * One attribute that must match.
 *
 * @param key its term: a tag, or two with a dot
 * @param values any of them suffices; at least one
 * @see "PS3.4 C.2.2.2, PS3.18 section 8.3.4.1"
 */
record Condition(Level level, String key, Vr vr, List<String> values, Kind kind) {
  private static final int MOST_VALUES = 500;
  private static final int LONGEST_VALUE = 1024;

  /** How a value is compared. */
  enum Kind {
    /** Equal. */
    SINGLE,
    /** Equal without case; names. */
    NAME,
    /** With {@code *} and {@code ?}. */
    WILDCARD,
    /** The same, without case; names. */
    NAME_WILDCARD,
    /** From the first to the second value, either of which may be empty. */
    RANGE,
    /** Every word of the value begins a word of the name. */
    FUZZY
  }

  Condition {
    values = List.copyOf(values);
  }

  /** The condition that a value of a query parameter states. */
  static Condition of(Level level, String key, Vr vr, String value, boolean fuzzy) {
    if (value.length() > LONGEST_VALUE * 64) {
      throw malformed(key, "is too long");
    }
    return switch (vr) {
      case DA -> date(level, key, value);
      case TM -> time(level, key, value);
      case DT -> dateTime(level, key, value);
      case UI -> new Condition(level, key, vr, list(key, value), Kind.SINGLE);
      case PN -> name(level, key, value, fuzzy);
      default -> text(level, key, vr, value);
    };
  }

  private static Condition text(Level level, String key, Vr vr, String value) {
    boolean wild = value.contains("*") || value.contains("?");
    boolean number = vr.kind() == Vr.Kind.DECIMAL || vr.kind() == Vr.Kind.NUMBER;
    // A comma is a separator of codes and numbers, but a character of text.
    List<String> values = vr == Vr.CS || number ? list(key, value) : backslash(key, value);
    return new Condition(level, key, vr, values, wild && !number ? Kind.WILDCARD : Kind.SINGLE);
  }

  private static Condition name(Level level, String key, String value, boolean fuzzy) {
    if (fuzzy) {
      List<String> words = MatchTerms.words(value);
      if (!words.isEmpty()) {
        return new Condition(level, MatchTerms.WORDS + key, Vr.PN, words, Kind.FUZZY);
      }
    }
    boolean wild = value.contains("*") || value.contains("?");
    return new Condition(
        level, key, Vr.PN, backslash(key, value), wild ? Kind.NAME_WILDCARD : Kind.NAME);
  }

  private static Condition date(Level level, String key, String value) {
    if (!value.matches("[0-9]{8}|[0-9]{8}-([0-9]{8})?|-[0-9]{8}")) {
      throw malformed(key, "is a date, YYYYMMDD, or a range of two with a hyphen");
    }
    return range(level, key, Vr.DA, value, value);
  }

  private static Condition time(Level level, String key, String value) {
    if (!value.matches("[0-9:.]{2,16}|[0-9:.]{2,16}-([0-9:.]{2,16})?|-[0-9:.]{2,16}")) {
      throw malformed(key, "is a time, HHMMSS.FFFFFF, or a range of two with a hyphen");
    }
    int hyphen = value.indexOf('-');
    String from = hyphen < 0 ? value : value.substring(0, hyphen);
    String to = hyphen < 0 ? value : value.substring(hyphen + 1);
    return new Condition(
        level,
        key,
        Vr.TM,
        List.of(
            from.isEmpty() ? "" : MatchTerms.time(from, '0'),
            to.isEmpty() ? "" : MatchTerms.time(to, '9')),
        Kind.RANGE);
  }

  private static Condition dateTime(Level level, String key, String value) {
    if (!value.matches("[0-9.]{4,21}|[0-9.]{4,21}-([0-9.]{4,21})?|-[0-9.]{4,21}")) {
      throw malformed(key, "is a date and time, or a range of two with a hyphen");
    }
    // What is not stated of an end is anything.
    return range(level, key, Vr.DT, value, value + "~");
  }

  private static Condition range(Level level, String key, Vr vr, String from, String to) {
    int hyphen = from.indexOf('-');
    String begin = hyphen < 0 ? from : from.substring(0, hyphen);
    String end = hyphen < 0 ? to : to.substring(hyphen + 1);
    return new Condition(level, key, vr, List.of(begin, end.equals("~") ? "" : end), Kind.RANGE);
  }

  /** Values with commas or backslashes between them. */
  private static List<String> list(String key, String value) {
    return limited(key, value.split("[,\\\\]"));
  }

  private static List<String> backslash(String key, String value) {
    return limited(key, value.split("\\\\"));
  }

  private static List<String> limited(String key, String... parts) {
    List<String> values = new ArrayList<>();
    for (String part : parts) {
      if (!part.isBlank()) {
        values.add(part.strip());
      }
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw malformed(key, "has 1 to " + MOST_VALUES + " values");
    }
    return values;
  }

  private static ApiRefusal malformed(String key, String what) {
    return new ApiRefusal(400, "MALFORMED_QUERY", "the value of " + key + " " + what);
  }
}

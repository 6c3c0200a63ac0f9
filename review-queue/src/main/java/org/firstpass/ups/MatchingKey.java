package org.firstpass.ups;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.firstpass.dicom.dataset.DataSet;

/**
 * One attribute and what its value must be.
 *
 * @param path the attribute, after the sequences that it is in
 * @param value as it was asked for
 * @see "PS3.4 C.2.2.2"
 */
record MatchingKey(List<UpsAttribute> path, Kind kind, String value) {
  private static final int MAX_VALUE = 1024;
  private static final Pattern UID_LIST = Pattern.compile("[0-9.]+([\\\\,][0-9.]+)*");
  private static final Pattern RANGE = Pattern.compile("[0-9.+]*(-[0-9.+]*)?");

  /** How values are compared. */
  enum Kind {
    /** Literally, with * and ?. */
    TEXT,
    /** One of several UIDs. */
    LIST,
    /** From a date and time to another one, or within what is given of one. */
    RANGE,
    /** By the index of the source's study: the queue itself knows no patient. */
    SOURCE
  }

  static MatchingKey of(List<UpsAttribute> path, Kind kind, String value) {
    boolean sound =
        switch (kind) {
          case TEXT, SOURCE -> true;
          case LIST -> UID_LIST.matcher(value).matches();
          case RANGE -> RANGE.matcher(value).matches();
        };
    if (value.isEmpty() || value.length() > MAX_VALUE || !sound) {
      throw WorklistRefusal.malformed(
          "attribute " + path.get(path.size() - 1).tag() + " cannot be matched with this value");
    }
    return new MatchingKey(List.copyOf(path), kind, value);
  }

  static List<String> list(String value) {
    return Arrays.asList(value.split("[\\\\,]"));
  }

  boolean matches(DataSet dataset) {
    if (kind == Kind.SOURCE) {
      return true;
    }
    List<DataSet> holders = List.of(dataset);
    for (UpsAttribute sequence : path.subList(0, path.size() - 1)) {
      var inner = new ArrayList<DataSet>();
      holders.forEach(holder -> inner.addAll(holder.items(sequence)));
      holders = inner;
    }
    UpsAttribute last = path.get(path.size() - 1);
    return holders.stream()
        .anyMatch(holder -> holder.text(last).filter(this::matchesValue).isPresent());
  }

  private boolean matchesValue(String found) {
    return switch (kind) {
      case TEXT -> matchesText(found);
      case LIST -> list(value).contains(found);
      case RANGE -> matchesRange(found);
      case SOURCE -> true;
    };
  }

  /** With the two wild cards and in time that grows with the product of the two lengths at most. */
  private boolean matchesText(String found) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < found.length()) {
      if (at < value.length() && value.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < value.length()
          && (value.charAt(at) == '?' || value.charAt(at) == found.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < value.length() && value.charAt(at) == '*') {
      at++;
    }
    return at == value.length();
  }

  // Values of this server are in UTC; a key's own offset is not looked at.
  private boolean matchesRange(String found) {
    int hyphen = value.indexOf('-');
    String from = digits(hyphen < 0 ? value : value.substring(0, hyphen));
    String to = digits(hyphen < 0 ? value : value.substring(hyphen + 1));
    String moment = digits(found);
    return start(moment, from.length()).compareTo(from) >= 0
        && (to.isEmpty() || start(moment, to.length()).compareTo(to) <= 0);
  }

  private static String digits(String dateTime) {
    int offset = dateTime.indexOf('+');
    return (offset < 0 ? dateTime : dateTime.substring(0, offset)).replace(".", "");
  }

  private static String start(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }
}

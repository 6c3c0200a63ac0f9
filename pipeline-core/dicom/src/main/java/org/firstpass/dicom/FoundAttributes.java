package org.firstpass.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.jspecify.annotations.Nullable;

/**
 * One answer of an archive: strict about UIDs, and what else is malformed counts as not said.
 *
 * @see "PS3.4 C.4.1.1.3.2"
 */
record FoundAttributes(@Nullable Attributes attributes) {
  private static final int MOST_VALUES = 1000;
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  /**
   * A UID that must be there.
   *
   * @throws StudyRefused ANSWER_MALFORMED
   */
  String uid(int tag) {
    String value = text(tag);
    if (!DicomUids.hasShape(value)) {
      throw new StudyRefused(
          ReasonCode.ANSWER_MALFORMED, "expected " + DicomUids.nameOf(tag) + ", found none");
    }
    return value;
  }

  /** The first value, empty if there is none. */
  String text(int tag) {
    return texts(tag).stream().findFirst().orElse("");
  }

  Set<String> texts(int tag) {
    Set<String> texts = new LinkedHashSet<>();
    for (String value : values(tag)) {
      if (value != null && !value.isBlank() && texts.size() < MOST_VALUES) {
        texts.add(value.strip());
      }
    }
    return texts;
  }

  /** Those of the values that are UIDs. */
  List<String> uids(int tag) {
    return Arrays.stream(values(tag))
        .filter(value -> value != null && DicomUids.hasShape(value.strip()))
        .map(String::strip)
        .toList();
  }

  /** Whether the attribute has this value, or is not said. */
  boolean says(int tag, String value) {
    String said = text(tag);
    return said.isEmpty() || said.equals(value);
  }

  Optional<LocalDate> date(int tag) {
    try {
      return Optional.of(LocalDate.parse(text(tag), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  OptionalInt count(int tag) {
    String value = text(tag);
    return COUNT.matcher(value).matches()
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }

  private @Nullable String[] values(int tag) {
    if (attributes == null) {
      return new String[0];
    }
    try {
      String[] values = attributes.getStrings(tag);
      return values == null ? new String[0] : values;
    } catch (RuntimeException e) {
      // The toolkit meets a character set or an encoding that it does not know.
      return new String[0];
    }
  }
}

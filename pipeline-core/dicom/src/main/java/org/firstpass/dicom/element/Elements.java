package org.firstpass.dicom.element;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Vector3;
import org.jspecify.annotations.Nullable;

/**
 * One data set, or one item of a sequence, read attribute by attribute.
 *
 * <p>An attribute is missing, empty, malformed or has a value. An optional one that is missing or
 * empty has no value; a malformed one is always refused with MALFORMED_INSTANCE, and so is a
 * required one that is missing or empty. Decimal strings are read by their value: longer than the
 * 16 characters that the standard allows, or padded, they still count.
 *
 * @see "PS3.5 section 6.2"
 */
public final class Elements {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final int QUOTED_LENGTH = 40;

  private final Attributes attributes;
  private final String owner;

  /**
   * A data set to read from.
   *
   * @param owner whose it is, in the words of a refusal, such as {@code instance 1.2.3}
   */
  public Elements(Attributes attributes, String owner) {
    this.attributes = attributes;
    this.owner = owner;
  }

  public String owner() {
    return owner;
  }

  /** Whether the attribute is there and not empty. */
  public boolean has(int tag) {
    return attributes.containsValue(tag);
  }

  /** The first value of a text attribute, without padding. */
  public Optional<String> text(int tag) {
    return texts(tag).stream().findFirst().filter(value -> !value.isEmpty());
  }

  /** The first value of a text attribute, without padding. */
  public String requireText(int tag) {
    return text(tag).orElseThrow(() -> absent(tag));
  }

  /** All values of a text attribute, without padding; a value may be empty. */
  public List<String> texts(int tag) {
    String[] values = strings(attributes, tag);
    if (values == null) {
      return List.of();
    }
    return Arrays.stream(values).map(value -> value == null ? "" : value.trim()).toList();
  }

  /**
   * The values of an attribute as text, null if it is missing or empty.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if it has binary values and not the length of any
   */
  public static String @Nullable [] strings(Attributes attributes, int tag) {
    try {
      return attributes.getStrings(tag);
    } catch (IllegalArgumentException e) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, name(tag) + " has not the length of its values", e);
    }
  }

  /** A whole number, which may be written with decimals that are zero. */
  public OptionalInt integer(int tag) {
    List<Double> values = decimals(tag);
    if (values.isEmpty()) {
      return OptionalInt.empty();
    }
    double value = values.get(0);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw malformed(tag, "a whole number");
    }
    return OptionalInt.of((int) value);
  }

  /** A whole number, which may be written with decimals that are zero. */
  public int requireInteger(int tag) {
    return integer(tag).orElseThrow(() -> absent(tag));
  }

  /** A decimal number. */
  public Optional<Double> decimal(int tag) {
    return decimals(tag).stream().findFirst();
  }

  /** Exactly as many decimal numbers as asked for, or none if missing or empty. */
  public Optional<List<Double>> decimals(int tag, int count) {
    List<Double> values = decimals(tag);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() != count) {
      throw malformed(tag, count + " numbers");
    }
    return Optional.of(values);
  }

  /** Three decimal numbers as a vector. */
  public Vector3 requireVector(int tag) {
    List<Double> values = decimals(tag, 3).orElseThrow(() -> absent(tag));
    return new Vector3(values.get(0), values.get(1), values.get(2));
  }

  /** The items of a sequence, none if it is missing or empty. */
  public List<Elements> items(int tag) {
    Sequence sequence = attributes.getSequence(tag);
    if (sequence == null) {
      return List.of();
    }
    return sequence.stream().map(item -> new Elements(item, owner)).toList();
  }

  /**
   * What to throw for a required attribute without a value: it says whether it is missing or empty.
   */
  public StudyRefused absent(int tag) {
    String how = attributes.contains(tag) ? " is empty" : " is missing";
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, owner + ": " + name(tag) + how);
  }

  /**
   * What to throw for a value that is not what it must be; only for attributes that name nobody.
   */
  public StudyRefused malformed(int tag, String expected) {
    String found = String.join("\\", texts(tag));
    if (found.length() > QUOTED_LENGTH) {
      found = found.substring(0, QUOTED_LENGTH) + "…";
    }
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE,
        owner + ": " + name(tag) + " must be " + expected + ", but is '" + found + "'");
  }

  private List<Double> decimals(int tag) {
    List<String> values = texts(tag);
    if (values.stream().allMatch(String::isEmpty)) {
      return List.of();
    }
    return values.stream().map(value -> parse(tag, value)).toList();
  }

  private double parse(int tag, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw malformed(tag, "decimal");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw malformed(tag, "finite");
    }
    return value;
  }

  private static String name(int tag) {
    String keyword = ElementDictionary.keywordOf(tag, null);
    return String.format("%s (%04X,%04X)", keyword, tag >>> 16, tag & 0xffff);
  }
}

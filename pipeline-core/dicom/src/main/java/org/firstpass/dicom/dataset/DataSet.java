package org.firstpass.dicom.dataset;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * A small data set in memory: what came or goes as DICOM JSON, or as the message of a service.
 *
 * <p>Items that are put in or taken out are copies. Mutable while it is built; not thread-safe.
 * {@link #toString} hides the values.
 */
public final class DataSet {
  private static final int LONGEST_SHORT = 1 << 16;

  /**
   * One attribute.
   *
   * @param value of what is no sequence
   * @param items of a sequence
   * @param bulk where the value is instead, as the sender calls it
   */
  public record Element(Vr vr, Value value, List<DataSet> items, Optional<String> bulk) {
    public Element {
      items = List.copyOf(items);
    }

    public static Element of(Vr vr, Value value) {
      return new Element(vr, value, List.of(), Optional.empty());
    }

    public static Element of(List<DataSet> items) {
      return new Element(Vr.SQ, Value.EMPTY, items, Optional.empty());
    }
  }

  private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  public DataSet put(int tag, Element element) {
    elements.put(tag, element);
    return this;
  }

  /** Sets the values of an attribute; none makes it empty. */
  public DataSet put(Attribute attribute, String... values) {
    Vr vr = attribute.vr();
    return put(attribute.tag(), Element.of(vr, Value.of(vr, Arrays.asList(values))));
  }

  /** Sets the items of a sequence; none makes it empty. */
  public DataSet putItems(Attribute attribute, List<DataSet> items) {
    return put(attribute.tag(), Element.of(items.stream().map(DataSet::copy).toList()));
  }

  public DataSet putItem(Attribute attribute, DataSet item) {
    return putItems(attribute, List.of(item));
  }

  /** Takes an attribute of another data set as it is there, if it is there. */
  public DataSet take(Attribute attribute, DataSet other) {
    Element element = other.elements.get(attribute.tag());
    return element == null ? this : put(attribute.tag(), element);
  }

  public DataSet remove(Attribute attribute) {
    elements.remove(attribute.tag());
    return this;
  }

  public boolean contains(Attribute attribute) {
    return elements.containsKey(attribute.tag());
  }

  /** Whether it is there with a value that is not empty. */
  public boolean hasValue(Attribute attribute) {
    Element element = elements.get(attribute.tag());
    return element != null
        && (!element.items().isEmpty()
            || element.value().texts(element.vr()).stream().anyMatch(text -> !text.isBlank()));
  }

  /** The values of a text attribute without padding; of a person's name with all its groups. */
  public List<String> texts(int tag) {
    Element element = elements.get(tag);
    return element == null ? List.of() : element.value().texts(element.vr());
  }

  /** The first value as text; of a person's name the alphabetic group. */
  public Optional<String> text(Attribute attribute) {
    Optional<String> first = texts(attribute.tag()).stream().findFirst();
    return attribute.vr() == Vr.PN ? first.map(name -> name.split("=", 2)[0]) : first;
  }

  /** The items of a sequence. */
  public List<DataSet> items(Attribute attribute) {
    Element element = elements.get(attribute.tag());
    return element == null ? List.of() : element.items().stream().map(DataSet::copy).toList();
  }

  /** The tags that are there, in ascending order. */
  public Set<Integer> tags() {
    return Collections.unmodifiableSet(elements.keySet());
  }

  /** An attribute that is there. */
  public Element element(int tag) {
    return requireNonNull(elements.get(tag), "no such attribute");
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  /** These attributes, and those of the changes instead where both have them. */
  public DataSet with(DataSet changes) {
    DataSet all = copy();
    all.elements.putAll(changes.elements);
    return all;
  }

  public DataSet copy() {
    var copy = new DataSet();
    copy.elements.putAll(elements);
    return copy;
  }

  /**
   * Writes what belongs to a stored instance: no group lengths and no File Meta Information.
   *
   * @param bulk finds bulk data by their URI
   * @throws StudyRefused MALFORMED_INSTANCE if some are not found
   */
  public void write(ElementWriter writer, Function<String, Optional<InstanceSource>> bulk)
      throws IOException {
    for (Map.Entry<Integer, Element> entry : elements.entrySet()) {
      int tag = entry.getKey();
      int group = tag >>> 16;
      if ((tag & 0xffff) != 0 && group > 0x0002 && group != 0xfffe) {
        write(writer, tag, entry.getValue(), bulk);
      }
    }
  }

  private static void write(
      ElementWriter writer,
      int tag,
      Element element,
      Function<String, Optional<InstanceSource>> bulk)
      throws IOException {
    if (element.vr() == Vr.SQ) {
      writer.beginSequence(tag);
      for (DataSet item : element.items()) {
        writer.beginItem();
        item.write(writer, bulk);
        writer.endItem();
      }
      writer.endSequence();
    } else if (element.bulk().isPresent()) {
      InstanceSource source =
          bulk.apply(element.bulk().orElseThrow()).orElseThrow(DataSet::bulkIsMissing);
      writeBulk(writer, tag, element.vr(), source);
    } else {
      writer.element(tag, element.vr(), element.value().bytes());
    }
  }

  private static void writeBulk(ElementWriter writer, int tag, Vr vr, InstanceSource source)
      throws IOException {
    long length = 0;
    try (InputStream in = source.open()) {
      length = in.transferTo(OutputStream.nullOutputStream());
    }
    try (InputStream in = source.open()) {
      if (vr.longForm()) {
        writer.element(tag, vr, in, length);
      } else {
        writer.element(tag, vr, in.readNBytes(LONGEST_SHORT));
      }
    }
  }

  private static StudyRefused bulkIsMissing() {
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE, "bulk data that it refers to did not come with it");
  }

  @Override
  public String toString() {
    return "DataSet[" + elements.size() + " hidden]";
  }
}

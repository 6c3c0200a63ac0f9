package org.firstpass.dataset;

import org.firstpass.segment.LabelSchema;

/** One label schema by name and version, written {@code name:version}. */
public record SchemaChoice(String name, int version) implements Comparable<SchemaChoice> {

  static SchemaChoice of(LabelSchema schema) {
    return new SchemaChoice(schema.name(), schema.version());
  }

  /**
   * Reads {@code name:version}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static SchemaChoice parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "a label schema is chosen as name:version, but got '" + text + "'");
    }
    return new SchemaChoice(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public int compareTo(SchemaChoice other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Integer.compare(version, other.version);
  }

  @Override
  public String toString() {
    return name + ":" + version;
  }
}

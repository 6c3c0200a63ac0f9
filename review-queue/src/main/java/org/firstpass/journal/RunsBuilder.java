package org.firstpass.journal;

import java.io.ByteArrayOutputStream;

/** Collects runs in ascending order; neighbours with one label become one. One thread at a time. */
public final class RunsBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int written;
  private int start;
  private int length;
  private int label;

  /**
   * Adds a run that begins where the last one ended or later.
   *
   * @param from offset in the volume
   */
  public RunsBuilder add(int from, int count, int with) {
    if (from < start + length) {
      throw new IllegalArgumentException("runs ascend, but one at " + from + " came later");
    }
    if (length > 0 && from == start + length && with == label) {
      length += count;
      return this;
    }
    write();
    start = from;
    length = count;
    label = with;
    return this;
  }

  public Runs build() {
    write();
    length = 0;
    return Runs.of(bytes.toByteArray());
  }

  private void write() {
    if (length > 0) {
      number(start - written);
      number(length);
      number(label);
      written = start + length;
    }
  }

  private void number(int value) {
    int rest = value;
    while (rest > 0x7f) {
      bytes.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }
}

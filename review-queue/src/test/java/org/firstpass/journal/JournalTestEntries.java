package org.firstpass.journal;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** Steps as an editor would send them. */
public final class JournalTestEntries {
  private JournalTestEntries() {}

  /** An edit of one run. */
  public static JournalEntry edit(int number, int start, int length, int label) {
    var bytes = new ByteArrayOutputStream();
    write(bytes, start);
    write(bytes, length);
    write(bytes, label);
    return new JournalEntry(
        number,
        JournalEntry.Kind.EDIT,
        0,
        "brush",
        label,
        Instant.EPOCH,
        10,
        2.5,
        Runs.of(bytes.toByteArray()));
  }

  private static void write(ByteArrayOutputStream bytes, int value) {
    int rest = value;
    while (rest > 127) {
      bytes.write(rest & 127 | 128);
      rest >>= 7;
    }
    bytes.write(rest);
  }
}

package org.firstpass.standalone;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The table that the demo ends with: one row a study, widths as wide as they must be. */
final class DemoTable {
  private static final List<String> HEADER =
      List.of(
          "study",
          "slices",
          "outcome",
          "Dice before",
          "Dice after",
          "corrected",
          "proposal s",
          "inference s",
          "read s");

  private final List<List<String>> rows = new ArrayList<>(List.of(HEADER));

  /** One study's way: seconds from its last acknowledgement on. */
  record Times(double proposal, double inference, double read) {}

  private int read;

  /** How many studies were read. */
  int read() {
    return read;
  }

  void add(DemoStudy study, ScriptedReader.Reading reading, Times times) {
    read++;
    rows.add(
        List.of(
            study.name(),
            Integer.toString(study.files().size()),
            "accepted",
            number(reading.before(), 3),
            number(reading.after(), 3),
            reading.corrected() + " of " + reading.segments(),
            number(times.proposal(), 1),
            number(times.inference(), 1),
            number(times.read(), 1)));
  }

  void addUnread(DemoStudy study, String outcome, Times times) {
    rows.add(
        List.of(
            study.name(),
            Integer.toString(study.files().size()),
            outcome,
            "-",
            "-",
            "-",
            number(times.proposal(), 1),
            number(times.inference(), 1),
            "-"));
  }

  /** Rows in the order in which the studies were given. */
  void inOrderOf(List<DemoStudy> studies) {
    List<String> names = studies.stream().map(DemoStudy::name).toList();
    rows.sort(Comparator.comparingInt(row -> names.indexOf(row.get(0))));
  }

  void print(PrintStream out) {
    print(rows, out);
  }

  /** Prints rows of the same number of words, the first of each to the left. */
  static void print(List<List<String>> rows, PrintStream out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String number(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}

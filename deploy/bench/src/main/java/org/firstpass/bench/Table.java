package org.firstpass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of Markdown whose columns also line up on a terminal. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** A table of entrants with how many times as long each took as one of them. */
  static Table ofTimes(Results times, String first) {
    var table = new Table("", "median", "range", "times the other");
    times.forEach(
        (name, each) ->
            table.row(
                name,
                each.medianText(),
                each.rangeText(),
                Times.ratio(each.median() / times.of(first).median())));
    return table;
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    var widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder(line(rows.get(0), widths));
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(Math.max(3, width)));
    }
    text.append(line(rule, widths));
    rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      padded.add(cell + " ".repeat(Math.max(0, Math.max(3, widths[column]) - cell.length())));
    }
    return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}

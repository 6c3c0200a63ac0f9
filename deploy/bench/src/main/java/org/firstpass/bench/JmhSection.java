package org.firstpass.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the steps of {@link org.firstpass.bench.jmh} and lays their times out as a section. */
final class JmhSection {
  private JmhSection() {}

  /** The words are JMH's own: a pattern of names, and options such as {@code -f 3}. */
  static String run(List<String> words) throws Exception {
    String machine = Machine.describe();
    PrintStream section = System.out;
    // What JMH tells on its way is not of the section.
    System.setOut(System.err);
    Collection<RunResult> results;
    try {
      results = new Runner(new CommandLineOptions(words.toArray(String[]::new))).run();
    } finally {
      System.setOut(section);
    }
    var table = new Table("step", "parameters", "mean", "error (99.9 %)", "");
    for (RunResult each : results) {
      Result<?> result = each.getPrimaryResult();
      table.row(
          each.getParams().getBenchmark().replaceFirst(".*\\.bench\\.(jmh\\.)?", ""),
          parameters(each),
          number(result.getScore()),
          number(result.getScoreError()),
          result.getScoreUnit());
    }
    return "## jmh\n\n" + machine + "\n\n" + table + "\n";
  }

  private static String parameters(RunResult result) {
    var text = new StringBuilder();
    for (String key : result.getParams().getParamsKeys()) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(key).append(' ').append(result.getParams().getParam(key));
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

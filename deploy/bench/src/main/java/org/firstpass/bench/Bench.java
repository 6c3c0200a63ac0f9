package org.firstpass.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark, or all, or JMH's; prints each as a section of Markdown. */
public final class Bench {
  private static final Map<String, Benchmark> ALL = all();

  private Bench() {}

  private static Map<String, Benchmark> all() {
    var all = new LinkedHashMap<String, Benchmark>();
    all.put("gateway", new GatewayBenchmark());
    all.put("segmentation", new SegmentationBenchmark());
    all.put("nifti", new NiftiBenchmark());
    all.put("sliding-window", new SlidingWindowBenchmark());
    all.put("resampling", new ResamplingBenchmark());
    all.put("components", new ComponentsBenchmark());
    all.put("training", new TrainingBenchmark());
    all.put("claims", new ClaimsBenchmark());
    all.put("worklist", new WorklistBenchmark());
    all.put("editor", new EditorBenchmark());
    all.put("standalone", new StandaloneBenchmark());
    all.put("soak", new SoakBenchmark());
    all.put("large", new LargeBenchmark());
    return all;
  }

  public static void main(String[] words) throws Exception {
    String which = words.length == 0 ? "" : words[0];
    if (which.equals("jmh")) {
      System.out.print(JmhSection.run(List.of(words).subList(1, words.length)));
      return;
    }
    if (which.equals(SlidingWindowMemory.NAME)) {
      // What its own benchmark starts, once for each entrant.
      run(which, new SlidingWindowMemory(), Arguments.of(List.of(words).subList(1, words.length)));
      System.exit(0);
    }
    if (!which.equals("all") && !ALL.containsKey(which)) {
      System.err.println(
          "usage: run " + String.join("|", ALL.keySet()) + "|all [--name value ...]");
      System.err.println("       run jmh [pattern of a step's name] [options of JMH]");
      System.exit(2);
    }
    Arguments arguments = Arguments.of(List.of(words).subList(1, words.length));
    for (Map.Entry<String, Benchmark> each : ALL.entrySet()) {
      if (which.equals("all") || which.equals(each.getKey())) {
        run(each.getKey(), each.getValue(), arguments);
      }
    }
    // A broker inside this process leaves threads behind that are no daemons.
    System.exit(0);
  }

  private static void run(String name, Benchmark benchmark, Arguments arguments) {
    String machine = Machine.describe();
    try (var scratch = new Scratch(name)) {
      String section = benchmark.run(arguments, scratch);
      System.out.printf("## %s%n%n%s%n%n%s%n", name, machine, section);
    } catch (NotHere missing) {
      System.out.printf("## %s%n%nNot measured: %s.%n%n", name, missing.getMessage());
    } catch (Exception | Error failed) {
      // What a benchmark started may have threads that keep the process alive.
      failed.printStackTrace();
      System.exit(1);
    }
  }
}

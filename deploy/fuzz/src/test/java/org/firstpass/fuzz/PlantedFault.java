package org.firstpass.fuzz;

import java.nio.file.Path;
import java.util.List;

/** A target with a fault that only an engine that follows the coverage meets. */
public final class PlantedFault implements FuzzTarget {
  @Override
  public String name() {
    return "planted";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(new byte[] {'D', 'I', 'C'});
  }

  @Override
  public void run(byte[] input) {
    if (input.length > 5 && input[0] == 'D' && input[3] == 'M' && input[4] == 'x') {
      throw new IllegalStateException("met");
    }
  }

  /** What Jazzer calls in its process. */
  public static final class Entry {
    private static Judge judge;

    private Entry() {}

    public static void fuzzerInitialize(String[] arguments) {
      judge = new Judge(new PlantedFault(), Tally.in(Path.of(arguments[1])));
    }

    public static void fuzzerTestOneInput(byte[] input) {
      judge.judge(input);
    }
  }
}

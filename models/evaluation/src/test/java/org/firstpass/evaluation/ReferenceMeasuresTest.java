package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.firstpass.evaluation.Drawn.Formula;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same measures by scipy's distance transforms, where a Python with scipy is there. */
class ReferenceMeasuresTest {
  private static final double CLOSE = 1e-9;
  private static final double TOLERANCE_MM = 2;

  @TempDir Path folder;

  @BeforeAll
  static void pythonIsThere() throws IOException, InterruptedException {
    boolean there = false;
    try {
      there = new ProcessBuilder("python3", "-c", "import scipy").start().waitFor() == 0;
    } catch (IOException e) {
      // Told below.
    }
    if (!there) {
      System.err.println("SKIPPED: no python3 with scipy here, measures are not compared with it");
    }
    assumeTrue(there, "python3 with scipy");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void blobsOfAnyShapeAreMeasuredAsScipyMeasuresThem(long seed)
      throws IOException, InterruptedException {
    var random = new Random(seed);
    Formula reference = blobs(random);
    Formula proposed = blobs(random).or(seed % 2 == 0 ? reference : Drawn.nothing());
    List<Double> expected = byScipy(Drawn.map(reference), Drawn.map(proposed));
    var lesions = new TreeSet<>(List.of(Drawn.LABEL));
    SegmentMeasures found =
        Drawn.measured(reference, proposed, EvaluationSettings.USUAL.withLesions(lesions));
    assertEquals(expected.get(0), found.dice(), CLOSE);
    assertEquals(expected.get(1), found.surfaceDice(), CLOSE);
    assertEquals(expected.get(2), found.hd95Mm(), CLOSE);
    assertEquals(expected.get(3), found.meanDistanceMm(), CLOSE);
    assertEquals(expected.get(4), found.lesions().lesions());
    assertEquals(expected.get(5), found.lesions().proposed());
  }

  /** Some ellipsoids anywhere, also across the border of the grid. */
  private static Formula blobs(Random random) {
    Formula all = Drawn.nothing();
    for (int i = 0; i < 6; i++) {
      double column = random.nextInt(50);
      double row = random.nextInt(44);
      double slice = random.nextInt(24);
      double radius = 2 + 6 * random.nextDouble();
      all =
          all.or(
              (c, r, s) ->
                  Math.pow(c - column, 2) + Math.pow(r - row, 2) + Math.pow(3 * (s - slice), 2)
                      <= radius * radius);
    }
    return all;
  }

  private List<Double> byScipy(LabelMap reference, LabelMap proposed)
      throws IOException, InterruptedException {
    Path script = folder.resolve("reference.py");
    try (var in = ReferenceMeasuresTest.class.getResourceAsStream("reference.py")) {
      Files.write(script, in.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(List.of("50", "44", "24", "0.7", "0.9", "2.5", "" + TOLERANCE_MM));
    command.add("" + Drawn.LABEL);
    command.add(write("reference", reference));
    command.add(write("proposed", proposed));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    List<Double> numbers = new ArrayList<>();
    for (String number : out.strip().split(" ")) {
      numbers.add(Double.valueOf(number));
    }
    return numbers;
  }

  private String write(String name, LabelMap labels) throws IOException {
    short[] values = labels.toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(values);
    return Files.write(folder.resolve(name), bytes.array()).toString();
  }
}

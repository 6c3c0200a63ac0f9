package org.firstpass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Updates of a network's weights by the trainer, beside the same ones in PyTorch's Python. */
final class TrainingBenchmark implements Benchmark {
  private static final String JAR = "models/training/target/firstpass-training-0.1.0-SNAPSHOT.jar";
  private static final String PACKAGE = "models/packages/phantom-abdomen/1.1.0/model.onnx";
  private static final int WARM_UPS = 3;

  /** Losses of both sides agree so far, or it was not the same work. */
  private static final double SAME = 1e-3;

  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * A network and the window that it is shown.
   *
   * @param graph as the trainer takes it
   */
  private record Work(String title, String graph, String depth, String height, String width) {}

  /** What one side printed. */
  private record Side(List<Double> losses, Times times) {}

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int steps = arguments.number("steps", 20) + WARM_UPS;
    Path jar = Machine.root().resolve(JAR);
    if (!Files.exists(jar)) {
      throw new NotHere("the trainer is not built: " + JAR);
    }
    if (!Program.pythonHas("torch", "numpy")) {
      throw new NotHere("no python3 with torch and numpy");
    }
    var table = new Table("network, window, threads", "Firstpass", "Python", "ratio");
    List<Work> works =
        List.of(
            new Work(
                "phantom-abdomen, 64 x 64 x 48",
                Machine.root().resolve(PACKAGE).toString(),
                "48",
                "64",
                "64"),
            new Work("new residual U-Net, 64 x 64 x 64", "new", "64", "64", "64"));
    for (Work work : works) {
      for (int threads : new int[] {1, 2}) {
        table.row(row(work, steps, threads, jar, scratch));
      }
    }
    return
"""
Medians of %d updates (forward, loss, backward, clipping, Adam) after %d that warm up, each side in a process of its \
own, one after the other; PyTorch in Python %s, in the trainer 2.7.1. Graph, first weights and windows are the same, \
and so are the losses to %s.

"""
            .formatted(steps - WARM_UPS, WARM_UPS, version(), SAME)
        + table
        + "\n";
  }

  private String[] row(Work work, int steps, int threads, Path jar, Scratch scratch)
      throws IOException, InterruptedException {
    Path folder = scratch.folder("work");
    Side ours = ours(work, steps, threads, jar, folder);
    Side theirs =
        side(
            Program.python(
                "training_torch.py",
                folder,
                "7",
                work.depth(),
                work.height(),
                work.width(),
                steps,
                threads));
    requireSame(ours.losses(), theirs.losses());
    double ratio = ours.times().median() / theirs.times().median();
    return new String[] {
      work.title() + ", " + threads,
      ours.times().medianText(),
      theirs.times().medianText(),
      Times.ratio(ratio)
    };
  }

  private Side ours(Work work, int steps, int threads, Path jar, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    command.addAll(List.of("-cp", jar.toString(), "org.firstpass.training.run.StepTimes"));
    command.addAll(List.of(work.graph(), "7", work.depth(), work.height(), work.width()));
    command.addAll(List.of("" + steps, folder.toString(), "" + threads));
    return side(Program.run(command.toArray(new String[0])));
  }

  /** The last line is JSON; libraries may have said something before. */
  private Side side(String printed) throws IOException {
    String last = printed.lines().reduce((first, second) -> second).orElse("");
    JsonNode json = mapper.readTree(last);
    List<Double> losses = new ArrayList<>();
    json.path("losses").forEach(each -> losses.add(each.asDouble()));
    var times = new Times();
    for (int step = WARM_UPS; step < json.path("seconds").size(); step++) {
      times.add(json.path("seconds").get(step).asDouble());
    }
    return new Side(losses, times);
  }

  private static void requireSame(List<Double> ours, List<Double> theirs) {
    for (int step = 0; step < ours.size(); step++) {
      if (!(Math.abs(ours.get(step) - theirs.get(step)) < SAME)) {
        throw new IllegalStateException(
            "step %d lost %s here and %s there".formatted(step, ours.get(step), theirs.get(step)));
      }
    }
  }

  private static String version() throws IOException, InterruptedException {
    return Program.run("python3", "-c", "import torch; print(torch.__version__)");
  }
}

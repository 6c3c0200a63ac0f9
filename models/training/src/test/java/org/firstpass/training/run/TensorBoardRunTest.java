package org.firstpass.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TensorBoardRunTest {
  private static final String READING =
      """
      import sys
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      run = EventAccumulator(sys.argv[1]).Reload()
      for tag in sorted(run.Tags()["scalars"]):
          print(tag, *[f"{one.wall_time} {one.step} {one.value}" for one in run.Scalars(tag)])
      for tag in run.Tags()["tensors"]:
          print(tag, *run.Tensors(tag)[0].tensor_proto.string_val[0].decode().split("\\n"))
      """;

  @TempDir Path folder;

  @Test
  void tensorBoardReadsWhatIsWritten() throws IOException, InterruptedException {
    if (python("import tensorboard", "").status() != 0) {
      System.err.println("NOT TRIED: the run's log needs a python3 with tensorboard");
      Assumptions.abort("python3 has no tensorboard");
    }
    var run =
        new TensorBoardRun(
            folder, "liver", "0123456789abcdef".repeat(4), Instant.ofEpochMilli(1000));
    var first = new Progress(1, 0.5f, 0.001f, OptionalDouble.empty(), 1.5);
    var second = new Progress(2, 0.25f, 0.001f, OptionalDouble.of(0.75), 3);
    run.write(Map.of("steps", "2", "seed", "7"), List.of(first));
    run.write(Map.of("steps", "2", "seed", "7"), List.of(first, second));
    Answer read = python(READING, folder.resolve("liver/0123456789ab").toString());
    assertEquals(
        """
        learning_rate 2.5 1 0.0010000000474974513 4.0 2 0.0010000000474974513
        loss 2.5 1 0.5 4.0 2 0.25
        validation_dice 4.0 2 0.75
        training | | | |---|---| | seed | 7 | | steps | 2 |\s
        """,
        read.said());
  }

  private record Answer(int status, String said) {}

  private static Answer python(String script, String argument)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("env", "python3", "-c", script, argument)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), said);
  }
}

package org.firstpass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.study.StudyReference;

/**
 * The whole in one process: how soon it is up, what it holds when nothing happens, and how soon a
 * series that was sent can be claimed. Here the budgets are absolute; there is no peer.
 */
final class StandaloneBenchmark implements Benchmark {
  /** The gateway's default quiet time. */
  private static final double QUIET = 10;

  private static final double GIB = 1 << 30;
  private static final double LATENCY = 2;

  private final Times cold = new Times();
  private final Times again = new Times();
  private final Times waited = new Times();
  private final Times inferred = new Times();
  private final Times remaining = new Times();

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int rounds = arguments.number("rounds", 5);
    int idleSeconds = arguments.number("idle", 60);
    int matrix = arguments.number("matrix", 128);
    // Builds first where it must.
    Program.run(Machine.root().resolve("deploy/firstpass").toString(), "--version");
    Path log = scratch.file("standalone.log");
    for (int start = 0; start < rounds; start++) {
      Path state = scratch.folder("state" + start);
      Machine.settleDisk();
      try (var first = new StandaloneProcess(state, log)) {
        cold.add(first.secondsToUp());
      }
      Machine.settleDisk();
      try (var second = new StandaloneProcess(state, log)) {
        again.add(second.secondsToUp());
      }
    }
    long idle;
    try (var standalone = new StandaloneProcess(scratch.folder("state"), log)) {
      TimeUnit.SECONDS.sleep(idleSeconds);
      idle = standalone.residentBytes();
      ReviewApi api = standalone.api();
      // The first loads the network.
      for (int series = 0; series <= rounds; series++) {
        follow(standalone, api, scratch, new Sent(series, matrix, series > 0));
      }
    }
    return section(rounds, idleSeconds, matrix, idle);
  }

  /** A series to send, and whether it counts. */
  private record Sent(int number, int matrix, boolean counts) {}

  private void follow(StandaloneProcess standalone, ReviewApi api, Scratch scratch, Sent sent)
      throws Exception {
    StudyReference reference = SampleCt.reference("standalone", sent.number());
    List<Path> files = write(scratch.folder("series" + sent.number()), reference, sent);
    SendReport report = StorageScu.send(standalone.peer(), files, 1, done -> {});
    long acknowledged = System.nanoTime();
    if (!report.isComplete()) {
      throw new IOException("not all was stored: " + report.failures().get(0));
    }
    var task = new ArrayList<JsonNode>();
    Receiver.await(
        "the task of series " + sent.number(),
        () -> {
          Optional<JsonNode> found = api.waiting(reference.series());
          found.ifPresent(task::add);
          return found.isPresent();
        });
    double seconds = (System.nanoTime() - acknowledged) / 1e9;
    double inference = task.get(0).path("proposal").path("inferenceMillis").asLong() / 1e3;
    if (sent.counts()) {
      waited.add(seconds);
      inferred.add(inference);
      remaining.add(seconds - inference - QUIET);
    }
  }

  private static List<Path> write(Path folder, StudyReference reference, Sent sent)
      throws IOException {
    var description =
        new CtSeriesDescription(
            reference, "BENCH", "Bench^Mark", "ABDOMEN", "phantom", Instant.EPOCH);
    PhantomSpec spec = PhantomSpec.drawn(1 + sent.number(), sent.matrix());
    List<Path> files = new ArrayList<>();
    for (byte[] instance : CtSeriesWriter.write(description, Phantom.of(spec).volume())) {
      files.add(Files.write(folder.resolve(files.size() + ".dcm"), instance));
    }
    return files;
  }

  private String section(int rounds, int idleSeconds, int matrix, long idle) {
    var table =
        new Table("", "median", "range")
            .row("up on a new state folder", cold.medianText(), cold.rangeText())
            .row("up on a folder that was in use", again.medianText(), again.rangeText())
            .row("last acknowledgement to claimable", waited.medianText(), waited.rangeText())
            .row("of it the network", inferred.medianText(), inferred.rangeText())
            .row("without network and quiet time", remaining.medianText(), remaining.rangeText());
    String memory = String.format(Locale.ROOT, "%.2f GiB", idle / GIB);
    return """
        Starts of each kind: %1$d, from the launcher's start until it announces itself. Phantom series \
        of up to %3$d columns: %2$d, one after the other, after one that loads the network. Idle: \
        proportional set size of the process and of PostgreSQL with its children %4$d s after it was \
        up. The quiet time (10 s by default) is how long a series must have got nothing before it \
        counts as complete; it is a setting that nothing can make up for, so it is told apart.

        """
            .formatted(rounds, rounds, matrix, idleSeconds)
        + table
        + "\n"
        + Budget.table(
            new Budget(
                "up, new state folder", "less than 20 s", cold.medianText(), cold.median() < 20),
            new Budget("idle", "less than 1.5 GiB", memory, idle < 1.5 * GIB),
            new Budget(
                "claimable after inference time and quiet time",
                "at most 2 s",
                remaining.medianText(),
                remaining.median() <= LATENCY));
  }
}

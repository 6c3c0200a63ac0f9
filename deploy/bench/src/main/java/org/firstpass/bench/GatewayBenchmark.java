package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.study.SeriesInstanceUid;

/**
 * A CT series over four associations, from the first to the last acknowledgement, into the gateway
 * and into its peers. Every round sends a series that nobody has seen.
 */
final class GatewayBenchmark implements Benchmark {
  private static final int ASSOCIATIONS = 4;
  private static final String OURS = "Firstpass gateway";
  private static final String ORTHANC = "Orthanc";
  private static final String STORESCP = "DCMTK storescp";
  private static final String DISCARDING = "our SCP, discarding";

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int instances = arguments.number("instances", 300);
    int rounds = arguments.number("rounds", 7);
    var receivers = new LinkedHashMap<String, Receiver>();
    try (var committing = new CommittingSender(new OwnSender())) {
      String orthanc = open(receivers, scratch, committing.port());
      var series = new Series(new SampleCt(512, instances), scratch);
      var text = new StringBuilder(introduction(instances, rounds, orthanc));
      text.append(contest(receivers, series, rounds, new OwnSender()));
      if (Program.exists("storescu")) {
        text.append(contest(receivers, series, rounds, new DcmtkSender(scratch)));
      }
      var archives = new LinkedHashMap<>(receivers);
      archives.keySet().retainAll(Set.of(OURS, ORTHANC));
      text.append(contest(archives, series, rounds, committing));
      return text.toString();
    } finally {
      for (Receiver receiver : receivers.values()) {
        receiver.close();
      }
    }
  }

  private static String open(Map<String, Receiver> receivers, Scratch scratch, int commitmentPort)
      throws Exception {
    receivers.put(OURS, new FirstpassReceiver(scratch.folder("firstpass")));
    String version = "not installed";
    if (Program.exists("Orthanc")) {
      var orthanc =
          new OrthancReceiver(
              scratch.folder("orthanc"), scratch.file("orthanc.log"), commitmentPort);
      version = orthanc.version();
      receivers.put(ORTHANC, orthanc);
    }
    if (Program.exists("storescp")) {
      receivers.put(
          STORESCP, new StorescpReceiver(scratch.folder("storescp"), scratch.file("storescp.log")));
    }
    receivers.put(DISCARDING, new DiscardingReceiver());
    return version;
  }

  private static String introduction(int instances, int rounds, String orthanc) {
    return """
        %d CT instances of 512 x 512 x 16 bit over %d associations on loopback; in turns after two \
        rounds that warm up, rounds: %d, a new series each time, the disk settled before each. The \
        gateway flushes each instance and its folder and indexes it before it acknowledges it: \
        PostgreSQL with fsync and synchronous commit, a broker beside it; the series is left to be \
        completed before the next one begins. Orthanc (%s) with SyncStorageArea flushes each file \
        once, its SQLite index and its folders not. storescp --fork neither flushes nor indexes. \
        DCMTK's programs and Orthanc run with TCP_NODELAY=1, which makes them several times as fast. \
        Sender, gateway and the discarding SCP share one Java process; all share the cores. Storage \
        commitment is asked for all instances at once when the last one is acknowledged; the gateway \
        answers on the same association, Orthanc on one of its own.

        """
        .formatted(instances, ASSOCIATIONS, rounds, orthanc);
  }

  private static String contest(
      Map<String, Receiver> receivers, Series series, int rounds, Sender sender) throws Exception {
    var contest = new Contest();
    receivers.forEach(
        (name, receiver) -> contest.enter(name, round -> series.send(round, sender, receiver)));
    Results times = contest.run(2, rounds);
    String text = "Sent by " + sender.name() + ":\n\n" + table(times, series.size()) + "\n";
    Optional<Times> orthanc = times.find(ORTHANC);
    if (orthanc.isEmpty()) {
      return text;
    }
    double faster = orthanc.get().median() / times.of(OURS).median();
    return text
        + Budget.table(
            new Budget("rate beside Orthanc", "at least 3 x", Times.ratio(faster), faster >= 3))
        + "\n";
  }

  private static Table table(Results times, int instances) {
    double ours = times.of(OURS).median();
    var table = new Table("receiver", "median", "range", "instances/s", "our rate beside it");
    times.forEach(
        (name, each) ->
            table.row(
                name,
                each.medianText(),
                each.rangeText(),
                String.format(Locale.ROOT, "%.0f", instances / each.median()),
                Times.ratio(each.median() / ours)));
    return table;
  }

  /** The series of a round, made when it begins and deleted when it is over. */
  private static final class Series {
    private final SampleCt ct;
    private final Scratch scratch;
    private int number;
    private String made = "";
    private List<Path> files = List.of();

    Series(SampleCt ct, Scratch scratch) {
      this.ct = ct;
      this.scratch = scratch;
    }

    int size() {
      return ct.geometry().size().slices();
    }

    double send(int round, Sender sender, Receiver receiver) throws Exception {
      String turn = sender.name() + round;
      if (!made.equals(turn)) {
        Scratch.delete(scratch.folder("series"));
        files = ct.writeSeries(scratch.folder("series"), SampleCt.reference("gateway", ++number));
        made = turn;
      }
      SeriesInstanceUid uid = SampleCt.reference("gateway", number).series();
      Machine.settleDisk();
      long began = System.nanoTime();
      sender.send(receiver.peer(), files);
      double seconds = (System.nanoTime() - began) / 1e9;
      long kept = receiver.settled(uid);
      if (kept != files.size()) {
        throw new IllegalStateException(
            receiver.peer().calledAeTitle() + " has " + kept + " of " + files.size());
      }
      return seconds;
    }
  }

  /** Sends files over four associations and returns when all are acknowledged. */
  interface Sender {
    String name();

    void send(DicomPeer peer, List<Path> files) throws Exception;
  }

  private static final class OwnSender implements Sender {
    @Override
    public String name() {
      return "our StorageScu";
    }

    @Override
    public void send(DicomPeer peer, List<Path> files) {
      SendReport report = StorageScu.send(peer, files, ASSOCIATIONS, done -> {});
      if (!report.isComplete()) {
        throw new IllegalStateException("not all was stored: " + report.failures().get(0));
      }
    }
  }

  private record DcmtkSender(Scratch scratch) implements Sender {
    @Override
    public String name() {
      return "four processes of DCMTK's storescu";
    }

    @Override
    public void send(DicomPeer peer, List<Path> files) throws IOException, InterruptedException {
      List<Process> running = new ArrayList<>();
      for (int part = 0; part < ASSOCIATIONS; part++) {
        int first = part;
        List<String> command = new ArrayList<>(List.of("storescu", "--max-pdu", "131072", "-aec"));
        command.addAll(List.of(peer.calledAeTitle(), peer.host(), Integer.toString(peer.port())));
        IntStream.range(0, files.size())
            .filter(i -> i % ASSOCIATIONS == first)
            .forEach(i -> command.add(files.get(i).toString()));
        running.add(Program.start(command, scratch.file("storescu.log")));
      }
      for (Process process : running) {
        if (process.waitFor() != 0) {
          throw new IOException("storescu ended with " + process.exitValue());
        }
      }
    }
  }
}

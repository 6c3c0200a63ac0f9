package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs that ML engineers are given, against a real installation: they follow the topic,
 * fetch labels, go on where they were, and take back what was erased. So does the feed.
 */
final class StreamExamplesTest {
  private static final String ID = "QZX78MARKERID";
  private static final String NAME = "Quxfollowedname";
  private static final int SLICES = 44;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static TestInstallation installation;
  private static Path token;
  private static final List<PhantomSeries> SERIES = new ArrayList<>();
  private static final List<CorrectionAccepted> ACCEPTED = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    installation =
        TestInstallation.start(
            Files.createTempDirectory("firstpass-test"),
            Map.of(Keys.MODELS_FOLDERS, Repository.packages().toString()));
    token = Files.writeString(folder.resolve("token"), newToken());
    for (int patient = 0; patient < 2; patient++) {
      accept(PhantomSeries.write(folder, 811 + patient, SLICES, ID + patient, NAME + "^Given"));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    installation.close();
  }

  /** Made as an administrator would, for a program. */
  private static String newToken() {
    ReviewClient administrator = installation.administrator();
    ObjectNode user = JSON.createObjectNode().put("name", "learner").put("displayName", "learner");
    user.put("password", "correct horse battery staple").putArray("roles").add("SERVICE");
    administrator.post("/api/users", user);
    ObjectNode wanted = JSON.createObjectNode().put("name", "follow").put("user", "learner");
    wanted.put("days", 1).putArray("roles").add("SERVICE");
    return administrator.post("/api/tokens", wanted).path("token").asText();
  }

  private static void accept(PhantomSeries series) {
    assertTrue(installation.send(series.files()).isComplete());
    installation.watch().awaitEnd(series.uid());
    ReviewClient client = installation.administrator();
    Deadline.await("the task waits", () -> Tasks.waiting(client, series.uid()).size() == 1);
    String task = Tasks.waiting(client, series.uid()).get(0).path("id").asText();
    JsonNode claim = client.post("/api/tasks/" + task + "/claim", JSON.createObjectNode());
    new ScriptedReader(client).read(claim, series.study());
    SERIES.add(series);
    ACCEPTED.add(new Corrections(installation.infrastructure()).await(series.uid()));
  }

  @Test
  void theExamplesFollowFetchGoOnAndEraseAndSoDoesTheFeed()
      throws IOException, InterruptedException {
    List<Follower> followers = new ArrayList<>(List.of(new Follower("java", java())));
    python().ifPresent(command -> followers.add(new Follower("python", command)));
    Set<String> both = Set.of(line(ACCEPTED.get(0)), line(ACCEPTED.get(1)));
    for (Follower follower : followers) {
      assertEquals(both, Set.copyOf(follower.run()), follower.name());
      assertEquals(List.of(), follower.run(), follower.name() + " goes on where it was");
      assertEquals(2, follower.files());
    }
    JsonNode told = JSON.readTree(get("api/corrections").body());
    assertEquals(2, told.path("events").size());
    String cursor = told.path("next").asText();
    nothingInTheFilesNamesThePatient(ACCEPTED.get(0));

    accept(PhantomSeries.write(folder, 815, SLICES, ID + 5, NAME + "^Given"));
    String erased = ACCEPTED.get(0).series().value();
    CommandLineRun erasing =
        CommandLineRun.of(
            "dataset",
            "erase",
            ACCEPTED.get(0).input().patient().value(),
            "--reason",
            "request 7",
            "--state",
            installation.state().toString());
    assertEquals(0, erasing.status(), erasing::err);
    assertTrue(erasing.out().contains("tombstone for series " + erased), erasing::out);
    Deadline.await("the tombstone is told", () -> tombstones(cursor) == 1);
    for (Follower follower : followers) {
      Deadline.await(follower.name() + " is told", () -> follower.hasSaid("erased " + erased));
      assertTrue(follower.hasSaid(line(ACCEPTED.get(2))), follower.said()::toString);
      assertEquals(2, follower.files());
    }
    String gone = "api/corrections/" + ACCEPTED.get(0).id();
    assertEquals(404, get(gone).statusCode());
    assertEquals(404, get(gone + "/labels.nii.gz").statusCode());
    // Whoever comes later never gets to know of it.
    Follower late = new Follower("late", java());
    assertEquals(
        Set.of(
            "gone " + ACCEPTED.get(0).id(),
            line(ACCEPTED.get(1)),
            line(ACCEPTED.get(2)),
            "erased " + erased),
        Set.copyOf(late.run()));
  }

  private static int tombstones(String cursor) {
    try {
      int found = 0;
      for (JsonNode event :
          JSON.readTree(get("api/corrections?after=" + cursor).body()).path("events")) {
        found += event.has("data") ? 0 : 1;
      }
      return found;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void nothingInTheFilesNamesThePatient(CorrectionAccepted correction)
      throws IOException, InterruptedException {
    String path = "api/corrections/" + correction.id() + "/";
    for (String file :
        List.of("labels.nii.gz", "image.nii.gz", "segmentation.dcm", "sources.zip")) {
      HttpResponse<byte[]> sent = get(path + file);
      assertEquals(200, sent.statusCode(), file);
      Path unpacked = Files.createDirectories(folder.resolve("sent")).resolve(file);
      Files.write(unpacked, sent.body());
      for (byte[] content : UnpackedFile.contents(unpacked)) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(NAME) || text.contains("MARKERID"), file);
      }
    }
    assertEquals(SLICES, UnpackedFile.contents(folder.resolve("sent/sources.zip")).size());
    String feed = new String(get("api/corrections").body(), StandardCharsets.UTF_8);
    assertFalse(feed.contains("\"reader\":\"" + correction.reader() + "\""));
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(installation.standalone().address() + path))
            .header("Authorization", "Bearer " + Files.readString(token))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** What a follower prints of a correction: as its stored labels have it. */
  private static String line(CorrectionAccepted correction) {
    LabelMap labels =
        LabelMapCodec.decode(
            installation.infrastructure().objects().read(correction.acceptedLabels().digest()));
    var voxels = new TreeMap<Integer, Long>();
    for (short label : labels.toArray()) {
      voxels.merge((int) label, 1L, Long::sum);
    }
    voxels.remove(0);
    assertTrue(voxels.size() > 1, voxels::toString);
    return "accepted " + correction.id() + " " + voxels;
  }

  /** One of the examples, with a group and a folder of its own. */
  private record Follower(String name, List<String> command) {

    List<String> run() throws IOException, InterruptedException {
      List<String> line = new ArrayList<>(command);
      Map.of(
              "--bootstrap", installation.infrastructure().stream().bootstrapServers(),
              "--address", installation.standalone().address().toString(),
              "--token-file", token.toString(),
              "--to", target().toString(),
              "--group", "follow-" + name)
          .forEach((option, value) -> line.addAll(List.of(option, value)));
      line.add("--stop-at-end");
      if (!name.equals("python")) {
        line.add("true");
      }
      Path log = folder.resolve(name + ".log");
      Process process =
          new ProcessBuilder(line)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> said + read(log));
      List<String> lines = said.lines().map(Follower::plain).toList();
      Files.write(said(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return lines;
    }

    /** A dictionary of Python as a map of Java prints itself. */
    private static String plain(String line) {
      return line.replace(": ", "=");
    }

    Path target() {
      return folder.resolve("followed-" + name);
    }

    Path said() {
      return folder.resolve(name + ".said");
    }

    boolean hasSaid(String line) {
      try {
        run();
        return Files.readAllLines(said()).contains(line);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    long files() throws IOException {
      try (Stream<Path> files = Files.walk(target())) {
        return files.filter(file -> file.toString().endsWith(".nii.gz")).count();
      }
    }

    private static String read(Path log) {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        return log.toString();
      }
    }
  }

  /** With nothing of Firstpass on its class path. */
  private static List<String> java() {
    String libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    entry.matches(
                        ".*/(kafka-clients|jackson-(core|databind|annotations)|slf4j-api)-[^/]*jar"))
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        libraries,
        Repository.root().resolve("deploy/examples/java/FollowCorrections.java").toString());
  }

  private static Optional<List<String>> python() throws IOException, InterruptedException {
    return Tool.pythonWith("confluent_kafka")
        .map(
            python ->
                List.of(
                    python,
                    Repository.root()
                        .resolve("deploy/examples/python/follow_corrections.py")
                        .toString()));
  }
}

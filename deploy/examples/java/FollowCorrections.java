import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows accepted corrections: keeps the accepted labels of each as NIfTI, counts their voxels,
 * and removes what was erased. It goes on where it was when it is started again.
 *
 * <p>It knows nothing of Firstpass but its topic, its schemas and its HTTP API. Options: see
 * deploy/docs/stream.md.
 */
public final class FollowCorrections {
  private static final String TOPIC = "firstpass.corrections";
  private static final String ACCEPTED = "org.firstpass.correction-accepted.v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> options;

  private FollowCorrections(Map<String, String> options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    new FollowCorrections(options).follow();
  }

  private String option(String name) {
    return Optional.ofNullable(options.get(name))
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  private void follow() throws Exception {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", option("--bootstrap"));
    config.put("group.id", options.getOrDefault("--group", "follow-corrections"));
    // From the beginning the first time, then from what was committed.
    config.put("auto.offset.reset", "earliest");
    // Only after the effect, below: what a crash interrupts is told again.
    config.put("enable.auto.commit", "false");
    // Corrections are written in transactions; without this also those that were aborted are seen.
    config.put("isolation.level", "read_committed");
    boolean stopAtEnd = Boolean.parseBoolean(options.getOrDefault("--stop-at-end", "false"));
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      do {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          handle(record);
        }
        consumer.commitSync();
      } while (!stopAtEnd || !isAtEnd(consumer));
    }
  }

  private static boolean isAtEnd(KafkaConsumer<String, String> consumer) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return !ends.isEmpty()
        && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void handle(ConsumerRecord<String, String> record) throws Exception {
    Path folder = Path.of(option("--to")).resolve(record.key());
    if (record.value() == null) {
      erase(folder);
      System.out.println("erased " + record.key());
    } else if (ACCEPTED.equals(header(record, "ce_type"))) {
      // Other types may come; who does not know one passes it over.
      accepted(JSON.readTree(record.value()), folder);
    }
  }

  private void accepted(JsonNode correction, Path folder) throws Exception {
    String id = correction.path("id").asText();
    Path labels = folder.resolve(id + ".nii.gz");
    if (!Files.exists(labels) && !fetch(id, labels)) {
      System.out.println("gone " + id);
      return;
    }
    System.out.println("accepted " + id + " " + voxels(labels));
  }

  /** False if the correction was erased in the meantime; its tombstone comes later. */
  private boolean fetch(String id, Path target) throws IOException, InterruptedException {
    URI address = URI.create(option("--address") + "api/corrections/" + id + "/labels.nii.gz");
    String token = Files.readString(Path.of(option("--token-file"))).strip();
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build();
    Files.createDirectories(target.getParent());
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    HttpResponse<Path> answer = http.send(request, HttpResponse.BodyHandlers.ofFile(partial));
    if (answer.statusCode() == 404) {
      Files.delete(partial);
      return false;
    }
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + Files.readString(partial));
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** How many voxels each label has, from the NIfTI alone: little endian, uint8 or uint16. */
  private static Map<Integer, Long> voxels(Path nifti) throws IOException {
    try (InputStream file = Files.newInputStream(nifti);
        var in = new DataInputStream(new GZIPInputStream(file))) {
      byte[] bytes = in.readAllBytes();
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      boolean wide = buffer.getShort(70) == 512;
      buffer.position((int) buffer.getFloat(108));
      Map<Integer, Long> voxels = new TreeMap<>();
      while (buffer.hasRemaining()) {
        int label = wide ? Short.toUnsignedInt(buffer.getShort()) : Byte.toUnsignedInt(buffer.get());
        voxels.merge(label, 1L, Long::sum);
      }
      voxels.remove(0);
      return voxels;
    }
  }

  private static void erase(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}

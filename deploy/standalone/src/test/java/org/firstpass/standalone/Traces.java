package org.firstpass.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Where words are found: every record, every row, every file; whatever the case of their letters.
 */
final class Traces {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String TABLES =
      "select quote_ident(table_schema) || '.' || quote_ident(table_name)"
          + " from information_schema.tables where table_type = 'BASE TABLE'"
          + " and table_schema not in ('pg_catalog', 'information_schema')";

  private final Infrastructure infrastructure;

  Traces(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
  }

  /** In keys, values and headers of every topic, also Kafka's own. */
  List<String> inKafka(Collection<String> words) throws InterruptedException {
    Map<String, Object> connection =
        Map.of("bootstrap.servers", infrastructure.stream().bootstrapServers());
    List<String> found = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (Admin admin = Admin.create(connection);
        var consumer = new KafkaConsumer<>(connection, bytes, bytes)) {
      var options = new ListTopicsOptions().listInternal(true);
      for (String topic : admin.listTopics(options).names().get()) {
        read(consumer, topic, words, found);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      String topic,
      Collection<String> words,
      List<String> found) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        String place = topic + " offset " + record.offset();
        found.addAll(inText(place, text(record.key()) + text(record.value()), words));
        for (Header header : record.headers()) {
          found.addAll(inText(place, header.key() + text(header.value()), words));
        }
      }
    }
  }

  /** In every column of every table; binary ones too, which PostgreSQL writes as hexadecimal. */
  List<String> inDatabase(Collection<String> words) {
    return infrastructure
        .database()
        .jdbi()
        .withHandle(
            handle -> {
              List<String> found = new ArrayList<>();
              for (String table : handle.createQuery(TABLES).mapTo(String.class).list()) {
                handle
                    .createQuery("select t::text from " + table + " t")
                    .mapTo(String.class)
                    .list()
                    .forEach(row -> found.addAll(inText(table, row, words)));
              }
              return found;
            });
  }

  /** In the names and contents of a file, or of every file below a folder; unpacked if packed. */
  static List<String> inFiles(Path root, Collection<String> words) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
          content = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
        }
        found.addAll(inText(file.toString(), file.getFileName() + text(content), words));
      }
    }
    return found;
  }

  static List<String> inText(String place, String text, Collection<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(
            word ->
                lower.contains(word.toLowerCase(Locale.ROOT))
                    || lower.contains(HexFormat.of().formatHex(word.getBytes(UTF_8))))
        .map(word -> word + " in " + place)
        .toList();
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, ISO_8859_1);
  }
}

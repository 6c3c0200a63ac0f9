package org.firstpass.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.TopicCreation;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker inside the test's JVM.
 *
 * <p>{@link #stream()} is one broker for the whole JVM: its topics are shared with other test
 * classes, so a test takes group ids of its own and looks only at its own series. {@link
 * #isolated()} is a broker of one's own (half a second after the first).
 */
public final class TestBroker implements AutoCloseable {
  private static @Nullable TestBroker shared;

  private final KafkaRaftServer server;
  private final Path folder;
  private final StreamConfig stream;
  private boolean closed;

  private TestBroker(KafkaRaftServer server, Path folder, StreamConfig stream) {
    this.server = server;
    this.folder = folder;
    this.stream = stream;
  }

  /** The shared broker, with all topics made, two partitions each. */
  public static synchronized StreamConfig stream() {
    if (shared == null) {
      shared = isolated();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop-test-broker"));
    }
    return shared.stream;
  }

  /** A new broker with all topics made, two partitions each. */
  public static TestBroker isolated() {
    // A broker that fails would otherwise take the JVM, and all other tests, with it.
    Exit.setExitProcedure(TestBroker::stayAlive);
    Exit.setHaltProcedure(TestBroker::stayAlive);
    try {
      Path folder = Files.createTempDirectory("firstpass-test-kafka");
      int brokerPort = FreePort.find();
      Map<String, Object> settings = settings(folder, brokerPort, FreePort.find());
      format(folder);
      var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
      var stream = new StreamConfig("127.0.0.1:" + brokerPort, Map.of());
      TopicCreation.ensure(stream, 2, (short) 1);
      return new TestBroker(server, folder, stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StreamConfig config() {
    return stream;
  }

  private static void stayAlive(int status, @Nullable String message) {
    throw new IllegalStateException("the test broker wants to exit with " + status);
  }

  private static void format(Path folder) {
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("the test broker's folder cannot be formatted", e);
    }
  }

  private static Map<String, Object> settings(Path folder, int brokerPort, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    for (String topic : new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".min.isr", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.share.min.record.lock.duration.ms", "1000");
    settings.put("log.cleaner.dedupe.buffer.size", "2000000");
    return settings;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.firstpass.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single Kafka node (KRaft, broker and controller) on the loopback interface, with its log in a
 * folder that survives restarts.
 *
 * <p>A fault of the broker would end the JVM; it is caught and shows in {@link #healthy} instead.
 * Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";

  /** How far a worker's record lock may be stretched by configuration. */
  private static final String MAX_RECORD_LOCK_MS = "300000";

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final AtomicBoolean failed;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers, AtomicBoolean failed) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.failed = failed;
  }

  /**
   * Starts the broker over a folder, which is formatted if it is new.
   *
   * @param preferredPort the port to listen on if it is free, 0 for any
   */
  public static EmbeddedBroker start(Path folder, int preferredPort) {
    int port = FreePort.near(preferredPort);
    int controllerPort = FreePort.near(0);
    String bootstrapServers = "127.0.0.1:" + port;
    var failed = new AtomicBoolean();
    refuseToEndTheProcess(failed);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(folder.resolve("meta.properties"))) {
        format(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the broker's folder " + folder, e);
    }
    var server =
        new KafkaRaftServer(
            new KafkaConfig(properties(folder, port, controllerPort), false), Time.SYSTEM);
    server.startup();
    LOG.info("broker up on {}", bootstrapServers);
    return new EmbeddedBroker(server, bootstrapServers, failed);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public boolean healthy() {
    return !failed.get();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void refuseToEndTheProcess(AtomicBoolean failed) {
    Exit.Procedure remember =
        (status, message) -> {
          if (failed.compareAndSet(false, true)) {
            LOG.error("the broker gave up with status {}: {}", status, message);
          }
          throw new IllegalStateException("the broker gave up: " + message);
        };
    Exit.setExitProcedure(remember);
    Exit.setHaltProcedure(remember);
  }

  private static void format(Path folder) throws IOException {
    try {
      new Formatter()
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName(CONTROLLER)
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IOException("cannot format " + folder, e);
    }
  }

  private static Map<String, Object> properties(Path folder, int port, int controllerPort) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    properties.put("log.dirs", folder.toString());
    properties.put("auto.create.topics.enable", "false");
    for (String state :
        new String[] {"offsets", "transaction.state.log", "share.coordinator.state"}) {
      String topic = state.equals("transaction.state.log") ? state : state + ".topic";
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.share.max.record.lock.duration.ms", MAX_RECORD_LOCK_MS);
    properties.put("log.cleaner.dedupe.buffer.size", "2000000");
    // What is acknowledged must survive a power cut: there is no second replica to recover from.
    properties.put("log.flush.interval.messages", "1");
    return properties;
  }
}

package org.firstpass.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.firstpass.failure.TryAgainLater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the dead letters of a topic. A handler that fails, other than by {@link TryAgainLater},
 * is logged and passed over: a dead letter has no dead letters.
 */
public final class DeadLetterLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLoop.class);

  private final RecordLoop loop;

  /**
   * @param config names the topic whose dead letters are followed
   */
  public DeadLetterLoop(
      EventLoopConfig config, Consumer<DeadLetter> handler, MeterRegistry meters) {
    Topic<?> original = config.topic();
    var followed =
        new EventLoopConfig(config.stream(), Topics.deadLetters(original), config.groupId());
    this.loop =
        new RecordLoop(
            followed,
            record -> handler.accept(DeadLetters.read(original, record)),
            (record, reason) ->
                LOG.error("{} offset {} is passed over", record.topic(), record.offset(), reason),
            new StreamMetrics(meters, followed.topic().name(), config.groupId()));
  }

  public void start() {
    loop.start();
  }

  public boolean healthy() {
    return loop.healthy();
  }

  @Override
  public void close() {
    loop.close();
  }
}

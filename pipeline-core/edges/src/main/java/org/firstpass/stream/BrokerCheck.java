package org.firstpass.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Asks whether the broker answers: an embedded broker can die without its process. */
public final class BrokerCheck implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 3;

  private final Admin admin;

  public BrokerCheck(StreamConfig stream) {
    this.admin = Admin.create(stream.with(Map.of()));
  }

  public boolean answers() {
    try {
      return !admin.describeCluster().nodes().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}

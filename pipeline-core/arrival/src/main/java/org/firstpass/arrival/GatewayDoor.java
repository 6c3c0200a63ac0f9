package org.firstpass.arrival;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.store.ObjectStore;

/**
 * The gateway's way in without the gateway: instances are stored and indexed in a process that has
 * no gateway, and the one that has it completes and announces their series.
 *
 * <p>Safe for use by many threads.
 */
public final class GatewayDoor implements AutoCloseable {
  private final PostgresOutbox outbox;
  private final IndexWriter index;
  private final InstanceReceiver receiver;

  /** Makes the gateway's tables if they are not there. */
  public GatewayDoor(
      GatewayConfig config,
      ObjectStore store,
      Database database,
      MeterRegistry meters,
      Clock clock) {
    this.outbox = ArrivalSchema.prepare(database);
    this.index = new IndexWriter(new InstanceIndex(database));
    this.receiver =
        new StoringReceiver(
            config, store, index, new ReceivingNow(), new ArrivalMetrics(meters), clock);
  }

  public InstanceReceiver receiver() {
    return receiver;
  }

  @Override
  public void close() {
    index.close();
    outbox.close();
  }
}

package org.firstpass.arrival;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.firstpass.arrival.InstanceIndex.Outcome;
import org.firstpass.dicom.AssociationRejection;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.failure.ReasonCode;

/** Meters of the gateway. Safe for use by many threads. */
final class ArrivalMetrics implements ScpWatch {
  private final MeterRegistry meters;
  private final Timer receive;
  private final DistributionSummary size;
  private final Counter revisions;
  private final Map<SeriesState.Kind, AtomicLong> series = new EnumMap<>(SeriesState.Kind.class);
  private final AtomicLong oldestUnfinishedSeconds = new AtomicLong();

  ArrivalMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.receive =
        Timer.builder(Names.RECEIVE)
            .description("From the first byte of an instance to its acknowledgement or refusal")
            .publishPercentileHistogram()
            .register(meters);
    this.size =
        DistributionSummary.builder(Names.SIZE)
            .description("Sizes of stored instances")
            .baseUnit("bytes")
            .register(meters);
    this.revisions =
        Counter.builder(Names.REVISIONS)
            .description("Series revisions that became complete")
            .baseUnit("revisions")
            .register(meters);
    for (SeriesState.Kind kind : SeriesState.Kind.values()) {
      var count = new AtomicLong();
      series.put(kind, count);
      Gauge.builder(Names.SERIES, count, AtomicLong::doubleValue)
          .description("Series by the state they are in")
          .baseUnit("series")
          .tag("state", kind.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(meters);
    }
    Gauge.builder(Names.OLDEST_UNFINISHED, oldestUnfinishedSeconds, AtomicLong::doubleValue)
        .description("Age of the oldest series that has not ended")
        .baseUnit("seconds")
        .strongReference(true)
        .register(meters);
  }

  void receiving(Runnable work) {
    receive.record(work);
  }

  void stored(Outcome outcome, long bytes) {
    size.record(bytes);
    instances(outcome.name().toLowerCase(Locale.ROOT), "none");
  }

  void refused(ReasonCode reason) {
    instances("refused", reason.code());
  }

  private void instances(String outcome, String reason) {
    Counter.builder(Names.INSTANCES)
        .description("Instances that were sent to the gateway, by what became of them")
        .baseUnit("instances")
        .tags("outcome", outcome, "reason", reason)
        .register(meters)
        .increment();
  }

  @Override
  public void rejected(AssociationRejection reason) {
    Counter.builder(Names.REJECTED)
        .description("Associations that were rejected, by why")
        .baseUnit("associations")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  @Override
  public void busy() {
    refused(ReasonCode.GATEWAY_BUSY);
  }

  /** How far one storage commitment request of others got. */
  void commitment(String outcome) {
    Counter.builder(Names.COMMITMENTS)
        .description("Storage commitment requests, by how far they got")
        .baseUnit("commitments")
        .tag("outcome", outcome)
        .register(meters)
        .increment();
  }

  /** Shows how much is under way. */
  void watch(IntSupplier associations, IntSupplier instances) {
    Gauge.builder(Names.ASSOCIATIONS, associations, IntSupplier::getAsInt)
        .description("Associations that are open")
        .baseUnit("associations")
        .strongReference(true)
        .register(meters);
    Gauge.builder(Names.UNDER_WAY, instances, IntSupplier::getAsInt)
        .description("Instances that are being received")
        .baseUnit("instances")
        .strongReference(true)
        .register(meters);
  }

  void completed() {
    revisions.increment();
  }

  void series(Map<SeriesState.Kind, Long> counts, long oldestUnfinished) {
    series.forEach((kind, count) -> count.set(counts.getOrDefault(kind, 0L)));
    oldestUnfinishedSeconds.set(oldestUnfinished);
  }

  /** The names of the meters. */
  static final class Names {
    static final String INSTANCES = "arrival.instances";
    static final String RECEIVE = "arrival.receive";
    static final String SIZE = "arrival.instance.size";
    static final String REVISIONS = "arrival.revisions";
    static final String SERIES = "arrival.series";
    static final String REJECTED = "arrival.rejected.associations";
    static final String ASSOCIATIONS = "arrival.open.associations";
    static final String UNDER_WAY = "arrival.incoming.instances";
    static final String COMMITMENTS = "arrival.commitments";
    static final String OLDEST_UNFINISHED = "arrival.oldest.unfinished";

    private Names() {}
  }
}

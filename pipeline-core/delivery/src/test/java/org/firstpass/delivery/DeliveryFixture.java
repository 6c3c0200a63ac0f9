package org.firstpass.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.firstpass.delivery.DeliveryLedger.Selection;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.peer.RetryBudget;
import org.firstpass.peer.WebAddress;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.ProjectName;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.firstpass.testing.TestPostgres;

/** The lanes with a real database and a store in a folder; time moves by hand. */
final class DeliveryFixture implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-11-02T03:04:05.678Z");
  static final int ATTEMPTS = 3;
  static final RetryBudget BUDGET = new RetryBudget(ATTEMPTS, "10s", "1m");

  final Database database = TestPostgres.database();
  final SettableClock clock = new SettableClock(BEGIN);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FileObjectStore store;
  final DeliveryLedger ledger;

  /** What is found in an object before it leaves. */
  final List<String> findings = new CopyOnWriteArrayList<>();

  private final List<Destination> destinations;
  private final List<NoticeReceiver> notices;
  Lanes lanes;

  DeliveryFixture(Path folder, Destination... destinations) {
    this(folder, List.of(destinations), List.of());
  }

  DeliveryFixture(Path folder, List<Destination> destinations, List<NoticeReceiver> notices) {
    this.store = new FileObjectStore(folder.resolve("objects"));
    this.destinations = destinations;
    this.notices = notices;
    this.lanes = open();
    this.ledger = new DeliveryLedger(database);
    lanes.start();
  }

  Lanes open() {
    return new Lanes(
        config(destinations), store, database, object -> List.copyOf(findings), meters, clock);
  }

  DeliveryConfig config(List<Destination> chosen) {
    return new DeliveryConfig(
        new Destinations(Destinations.FORMAT, chosen, notices),
        new CommitmentInbox(),
        series -> new ProjectName("liver"));
  }

  void restart() {
    lanes.close();
    lanes = open();
    lanes.start();
  }

  /** For those that hang; others have time, whatever else the machine does. */
  private static String timeout(String name) {
    return name.equals("bad") || name.equals("hanging") ? "1s" : "30s";
  }

  static Destination dimse(String name, RawScp scp) {
    return new Destination(
        name,
        scp.address(),
        null,
        List.of(ObjectKind.SEG),
        List.of(ObjectKind.SEG),
        null,
        ConfirmationKind.READ_BACK,
        BUDGET,
        timeout(name),
        null,
        null);
  }

  static Destination stow(String name, WebAddress address) {
    return new Destination(
        name,
        null,
        address,
        List.of(ObjectKind.SEG),
        List.of(ObjectKind.SEG),
        null,
        ConfirmationKind.READ_BACK,
        BUDGET,
        timeout(name),
        null,
        null);
  }

  SampleResult propose() {
    SampleResult result = SampleResult.in(store);
    lanes.take(result.proposal());
    return result;
  }

  /** Everything that is or was on its way to a destination, oldest first. */
  List<Delivery> to(String destination) {
    List<Delivery> all = ledger.latest(new Selection(destination, false), 1000);
    return all.stream().sorted((a, b) -> a.created().compareTo(b.created())).toList();
  }

  Map<DeliveryState, Long> states(String destination) {
    return to(destination).stream()
        .collect(Collectors.groupingBy(Delivery::state, Collectors.counting()));
  }

  void awaitState(String destination, DeliveryState state, int count) {
    Deadline.await(
        count + " objects to " + destination + " are " + state,
        () -> states(destination).getOrDefault(state, 0L) == count);
  }

  /** Waits until every object has had so many attempts and waits for the next one. */
  void awaitAttempts(String destination, int attempts) {
    Deadline.await(
        attempts + " attempts to " + destination,
        () -> {
          List<Delivery> all = to(destination);
          return !all.isEmpty()
              && all.stream()
                  .allMatch(
                      each -> each.attempts() == attempts && each.due().isAfter(clock.instant()));
        });
  }

  /** Lets time pass until the budget of every object is used up. */
  void useUpBudget(String destination) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      awaitAttempts(destination, attempt);
      clock.advance(RetryBudget.duration("longest", BUDGET.longest()));
    }
  }

  @Override
  public void close() {
    lanes.close();
    database.close();
  }
}

package org.firstpass.foreign;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code firstpass.arrivals} for what others drew; told twice, an arrival changes nothing.
 * Whatever goes wrong, every object ends in a named state. Thread-safe.
 */
public final class ForeignIntake implements Consumer<FirstpassEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignIntake.class);
  private static final String MEDIA_TYPE = "application/dicom";

  private final ForeignLedger ledger;
  private final ForeignDesk desk;
  private final ObjectStore store;
  private final AuditTrail audit;
  private final Clock clock;

  public ForeignIntake(
      ForeignLedger ledger, ForeignDesk desk, ObjectStore store, AuditTrail audit, Clock clock) {
    this.ledger = ledger;
    this.desk = desk;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Ends what a crash interrupted; what cannot be ended now is when it is told again. */
  public void resume() {
    for (UUID id : ledger.underWay()) {
      try {
        examine(id, State.ARRIVED);
      } catch (TryAgainLater e) {
        LOG.warn("object {} is taken up later: {}", id, e.getMessage());
      }
    }
  }

  @Override
  public void accept(FirstpassEvent event) {
    if (event instanceof SeriesArrived arrived && arrived.holdsDrawings()) {
      List<ForeignObject> objects = objects(arrived);
      ledger.arrived(objects, clock.instant());
      objects.forEach(object -> examine(object.id(), State.ARRIVED));
    }
  }

  /** Something is proposed now: what waited for it is looked at again. */
  public void proposed(ProposalMade proposal) {
    ledger.waitingFor(proposal.series()).forEach(id -> examine(id, State.KEPT));
  }

  private void examine(UUID id, State expected) {
    ForeignItem item = ledger.find(id).orElseThrow();
    if (item.filed().state() != expected && item.underWay().isEmpty()) {
      return;
    }
    try {
      desk.examine(id);
      recordTaken(ledger.find(id).orElseThrow());
      // A proposal may have come between the look at the tasks and the note that there is none.
      if (expected == State.ARRIVED && waitsInVain(id)) {
        desk.examine(id);
      }
    } catch (TryAgainLater e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("object {} cannot be looked at", id, e);
      ReasonCode code = e instanceof FirstpassFailure known ? known.code() : ReasonCode.UNEXPECTED;
      String message = e instanceof Defect known ? String.valueOf(known.getMessage()) : "a bug";
      ledger.file(
          id, new Filed(State.FAILED, null, code, message, null, null, null), clock.instant());
    }
  }

  /** Nobody pressed a button, but it counts as what the reader submitted. */
  private void recordTaken(ForeignItem item) {
    Filed filed = item.filed();
    String reader = filed.by();
    if (filed.state() == State.TAKEN && reader != null) {
      audit.record(
          AuditFact.of(
              reader,
              AuditAction.TASK_SUBMITTED,
              String.valueOf(filed.task()),
              Map.of("foreign", item.id().toString(), "correction", filed.correction() + "")));
    }
  }

  private boolean waitsInVain(UUID id) {
    return ledger
        .find(id)
        .filter(item -> item.filed().reason() == ReasonCode.FOREIGN_UNKNOWN_SERIES)
        .isPresent();
  }

  private List<ForeignObject> objects(SeriesArrived arrived) {
    SeriesRevision revision =
        SeriesRevisionCodec.decode(store.read(arrived.input().manifest().digest()));
    return revision.instances().stream().map(instance -> object(arrived, instance)).toList();
  }

  private static ForeignObject object(SeriesArrived arrived, InstanceReference instance) {
    return new ForeignObject(
        ForeignObject.idOf(instance.instance(), instance.content()),
        arrived.input(),
        instance.instance(),
        instance.sopClass(),
        new ObjectReference(instance.content(), instance.size(), MEDIA_TYPE),
        arrived.sender().equals(Sender.UNKNOWN) ? null : arrived.sender().text(),
        arrived.time());
  }
}

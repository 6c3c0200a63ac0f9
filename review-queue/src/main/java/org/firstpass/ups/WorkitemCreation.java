package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.AFFECTED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.INPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.INPUT_READINESS;
import static org.firstpass.ups.UpsAttribute.LABEL;
import static org.firstpass.ups.UpsAttribute.PERFORMED_PROCEDURE;
import static org.firstpass.ups.UpsAttribute.PRIORITY;
import static org.firstpass.ups.UpsAttribute.PROGRESS_INFORMATION;
import static org.firstpass.ups.UpsAttribute.SERIES_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.START_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.STATE;
import static org.firstpass.ups.UpsAttribute.TRANSACTION_UID;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.ups.WorkitemLedger.NewWorkitem;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * What the creation of a workitem means for the queue: one more reading of the newest proposal for
 * the series that Input Information names. A series that nothing was proposed for is refused.
 * Thread-safe.
 *
 * @see "PS3.4 CC.2.5, PS3.18 11.4"
 */
public final class WorkitemCreation {
  /** What must be there with a value; patient and study are those of the source, whoever sends. */
  private static final List<UpsAttribute> REQUIRED =
      List.of(STATE, PRIORITY, LABEL, START_DATE_TIME, INPUT_READINESS);

  private final WorkitemLedger ledger;
  private final SelectionStrategy strategy;
  private final Supplier<UUID> ids;
  private final Clock clock;

  public WorkitemCreation(
      WorkitemLedger ledger, SelectionStrategy strategy, Supplier<UUID> ids, Clock clock) {
    this.ledger = ledger;
    this.strategy = strategy;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What was created.
   *
   * @param task of the queue
   * @param modified whether something of the request was left out
   */
  public record Created(String uid, UUID task, boolean modified) {}

  /**
   * Creates a workitem.
   *
   * @param uid as the request gives it
   * @param by the subject
   */
  public Created create(Optional<String> uid, DataSet requested, String by) {
    uid.filter(text -> !WorkitemUid.isUid(text))
        .ifPresent(
            text -> {
              throw WorklistRefusal.malformed(
                  "the UID of a workitem is digits and dots, at most 64");
            });
    requireSound(requested);
    ProposalMade proposal = proposal(requested);
    Settable.Selection selection = Settable.of(requested);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID task = uid.map(text -> NameBasedUuid.of("review-task", "workitem", text)).orElseGet(ids);
    double asked =
        Settable.priority(selection.settable()).map(one -> one.askedPoints()).orElse(0.0);
    var workitem =
        new NewWorkitem(
            new ReviewCase(task, proposal, strategy.score(proposal, now, now), now),
            uid,
            strategy.orderKey(proposal, now) + asked,
            asked,
            selection.settable(),
            by);
    if (!ledger.create(workitem)) {
      throw new WorklistRefusal(Reason.ALREADY_EXISTS, "there is a workitem of this UID");
    }
    return new Created(uid.orElseGet(() -> WorkitemUid.of(task)), task, selection.leftOut());
  }

  private static void requireSound(DataSet requested) {
    for (UpsAttribute attribute : REQUIRED) {
      if (!requested.hasValue(attribute)) {
        throw WorklistRefusal.malformed(
            "attribute " + attribute.hex() + " is required and has no value");
      }
    }
    if (requested.text(STATE).filter(UpsState.SCHEDULED.value()::equals).isEmpty()) {
      throw WorklistRefusal.malformed("a workitem is created SCHEDULED (0074,1000)");
    }
    for (UpsAttribute attribute :
        List.of(TRANSACTION_UID, PROGRESS_INFORMATION, PERFORMED_PROCEDURE)) {
      if (requested.hasValue(attribute)) {
        throw WorklistRefusal.malformed(
            "attribute " + attribute.hex() + " is empty in a new workitem");
      }
    }
    if (requested.contains(SOP_INSTANCE_UID) || requested.contains(AFFECTED_SOP_INSTANCE_UID)) {
      throw WorklistRefusal.malformed(
          "the UID of a new workitem is in the URL, not in the data set");
    }
  }

  private ProposalMade proposal(DataSet requested) {
    return requested.items(INPUT_INFORMATION).stream()
        .flatMap(item -> item.text(SERIES_INSTANCE_UID).stream())
        .filter(WorkitemUid::isUid)
        .flatMap(series -> ledger.newestProposal(new SeriesInstanceUid(series)).stream())
        .findFirst()
        .orElseThrow(
            () ->
                WorklistRefusal.malformed(
                    "Input Information (0040,4021) names no series that was proposed for"));
  }
}

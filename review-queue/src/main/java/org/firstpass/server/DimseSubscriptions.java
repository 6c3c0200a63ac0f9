package org.firstpass.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.firstpass.dicom.ProcedureStepService.Answer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.Subscriptions;
import org.firstpass.ups.UpsAttribute;
import org.firstpass.ups.UpsUids;
import org.firstpass.ups.WorkitemQuery;
import org.firstpass.ups.WorklistRefusal;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * Subscriptions as DIMSE asks for them: whoever may call may subscribe any application entity that
 * has an address here. Thread-safe.
 *
 * @see "PS3.4 CC.2.3"
 */
final class DimseSubscriptions {
  private static final int RESOURCE_LIMITATION = 0x0213;

  private final Subscriptions subscriptions;
  private final Predicate<String> reached;
  private final AuditTrail audit;

  /**
   * @param reached which AE titles can be told anything
   */
  DimseSubscriptions(Subscriptions subscriptions, Predicate<String> reached, AuditTrail audit) {
    this.subscriptions = subscriptions;
    this.reached = reached;
    this.audit = audit;
  }

  Answer subscribe(String caller, String uid, DataSet action) {
    Subscriber who = receiver(action);
    boolean lock = action.text(UpsAttribute.DELETION_LOCK).filter("TRUE"::equals).isPresent();
    if (!subscriptions.subscribe(who, uid, lock, filter(uid, action))) {
      return new Answer(RESOURCE_LIMITATION, uid, "no more subscribers are taken", List.of());
    }
    return recorded(caller, AuditAction.WORKLIST_SUBSCRIBED, uid, who);
  }

  Answer unsubscribe(String caller, String uid, DataSet action) {
    Subscriber who = receiver(action);
    subscriptions.unsubscribe(who, uid);
    return recorded(caller, AuditAction.WORKLIST_UNSUBSCRIBED, uid, who);
  }

  Answer suspend(String caller, String uid, DataSet action) {
    Subscriber who = receiver(action);
    subscriptions.suspend(who, uid);
    return recorded(caller, AuditAction.WORKLIST_UNSUBSCRIBED, uid, who);
  }

  private Subscriber receiver(DataSet action) {
    return action
        .text(UpsAttribute.RECEIVING_AE)
        .filter(reached)
        .map(Subscriber::entity)
        .orElseThrow(
            () -> new WorklistRefusal(Reason.UNKNOWN_RECEIVER, "the receiving AE has no address"));
  }

  private static Optional<String> filter(String uid, DataSet action) {
    if (!uid.equals(UpsUids.FILTERED_SUBSCRIPTION)) {
      return Optional.empty();
    }
    DataSet keys =
        action.copy().remove(UpsAttribute.RECEIVING_AE).remove(UpsAttribute.DELETION_LOCK);
    return Optional.of(
        DimseWorklist.matching(keys).entrySet().stream()
            .map(key -> WorkitemQuery.filterPart(key.getKey(), String.join("\\", key.getValue())))
            .collect(Collectors.joining(",")));
  }

  private Answer recorded(String caller, AuditAction action, String uid, Subscriber who) {
    audit.record(
        AuditFact.of(
            Subscriber.ENTITY + caller,
            action,
            uid,
            Map.of("aeTitle", who.aeTitle(), "by", "DIMSE")));
    return Answer.success(uid);
  }
}

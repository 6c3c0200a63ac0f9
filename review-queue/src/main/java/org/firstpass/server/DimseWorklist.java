package org.firstpass.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.firstpass.dicom.ProcedureStepService;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.Fence;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.ups.StateChange;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.UpsAttribute;
import org.firstpass.ups.WorkitemCreation;
import org.firstpass.ups.WorkitemLedger.CancelOutcome;
import org.firstpass.ups.WorkitemQuery;
import org.firstpass.ups.Worklist;
import org.firstpass.ups.WorklistRefusal;

/**
 * The worklist as DIMSE asks it. Who calls is known by the AE title alone, and is {@code ae:} and
 * that title wherever a subject is written. Thread-safe.
 *
 * @see "PS3.4 CC.2"
 */
final class DimseWorklist implements ProcedureStepService {
  private static final int CREATED_WITH_MODIFICATIONS = 0xB300;
  private static final int OPTIONAL_ATTRIBUTES_NOT_SUPPORTED = 0x0001;
  private static final int ALREADY_CANCELED = 0xB304;
  private static final int ALREADY_COMPLETED = 0xB306;
  private static final int OUT_OF_RESOURCES = 0xA700;
  private static final int IDENTIFIER_DOES_NOT_MATCH = 0xA900;
  private static final int FIND_CANCELED = 0xFE00;

  private final Worklist worklist;
  private final WorkitemCreation creation;
  private final StateChange states;
  private final DimseSubscriptions subscriptions;
  private final AuditTrail audit;
  private final Supplier<String> service;

  /**
   * @param service the URL under which DICOMweb is reached
   */
  DimseWorklist(
      Worklist worklist,
      WorkitemCreation creation,
      StateChange states,
      DimseSubscriptions subscriptions,
      AuditTrail audit,
      Supplier<String> service) {
    this.worklist = worklist;
    this.creation = creation;
    this.states = states;
    this.subscriptions = subscriptions;
    this.audit = audit;
    this.service = service;
  }

  @Override
  public Answer create(String caller, String uid, DataSet attributes) {
    return answered(
        uid,
        () -> {
          Optional<String> given = uid.isEmpty() ? Optional.empty() : Optional.of(uid);
          WorkitemCreation.Created created = creation.create(given, attributes, subject(caller));
          record(caller, AuditAction.WORKITEM_CREATED, created.uid());
          return status(created.modified() ? CREATED_WITH_MODIFICATIONS : 0, created.uid());
        });
  }

  @Override
  public Answer get(String caller, String uid) {
    return answered(
        uid,
        () -> {
          DataSet workitem = worklist.retrieve(uid, viewer());
          record(caller, AuditAction.TASK_OPENED, uid);
          return new Answer(0, uid, "", List.of(workitem));
        });
  }

  @Override
  public Answer set(String caller, String uid, DataSet changes) {
    return answered(
        uid,
        () -> {
          Optional<Fence> fence =
              changes
                  .text(UpsAttribute.TRANSACTION_UID)
                  .filter(transaction -> !transaction.isBlank())
                  .map(transaction -> StateChange.fence(transaction, subject(caller)));
          boolean leftOut = worklist.update(uid, fence, changes);
          record(caller, AuditAction.WORKITEM_UPDATED, uid);
          return status(leftOut ? OPTIONAL_ATTRIBUTES_NOT_SUPPORTED : 0, uid);
        });
  }

  @Override
  public Answer changeState(String caller, String uid, DataSet action) {
    return answered(
        uid,
        () -> {
          StateChange.Outcome outcome = states.change(uid, action, subject(caller));
          return switch (outcome) {
            case CLAIMED -> recorded(caller, AuditAction.TASK_CLAIMED, uid);
            case COMPLETED -> recorded(caller, AuditAction.TASK_SUBMITTED, uid);
            case CANCELED -> recorded(caller, AuditAction.TASK_DISCONTINUED, uid);
            case ALREADY_COMPLETED -> status(ALREADY_COMPLETED, uid);
            case ALREADY_CANCELED -> status(ALREADY_CANCELED, uid);
          };
        });
  }

  private Answer recorded(String caller, AuditAction action, String uid) {
    record(caller, action, uid);
    return Answer.success(uid);
  }

  @Override
  public Answer requestCancel(String caller, String uid, DataSet action) {
    return answered(
        uid,
        () -> {
          CancelOutcome outcome = worklist.requestCancel(uid, action, subject(caller));
          record(caller, AuditAction.WORKITEM_CANCEL_REQUESTED, uid);
          return status(outcome == CancelOutcome.ALREADY_CANCELED ? ALREADY_CANCELED : 0, uid);
        });
  }

  @Override
  public Answer subscribe(String caller, String uid, DataSet action) {
    return answered(uid, () -> subscriptions.subscribe(caller, uid, action));
  }

  @Override
  public Answer unsubscribe(String caller, String uid, DataSet action) {
    return answered(uid, () -> subscriptions.unsubscribe(caller, uid, action));
  }

  @Override
  public Answer suspend(String caller, String uid, DataSet action) {
    return answered(uid, () -> subscriptions.suspend(caller, uid, action));
  }

  @Override
  public Answer find(String caller, DataSet keys, Predicate<DataSet> taken) {
    WorkitemQuery query;
    try {
      query = WorkitemQuery.of(parameters(keys));
    } catch (WorklistRefusal refusal) {
      return new Answer(
          IDENTIFIER_DOES_NOT_MATCH, "", String.valueOf(refusal.getMessage()), List.of());
    }
    Worklist.Found page = worklist.search(query, viewer());
    while (true) {
      for (DataSet match : page.workitems()) {
        if (!taken.test(match)) {
          return status(FIND_CANCELED, "");
        }
      }
      if (!page.more()) {
        return page.cut()
            ? new Answer(OUT_OF_RESOURCES, "", "some were not looked at: narrow it", List.of())
            : status(0, "");
      }
      query = query.next();
      page = worklist.search(query, viewer());
    }
  }

  /** What must match, as UPS-RS would ask it, and what else is to be answered. */
  private static Map<String, List<String>> parameters(DataSet keys) {
    Map<String, List<String>> parameters = matching(keys);
    parameters.put("includefield", keys.tags().stream().map(DimseWorklist::name).toList());
    return parameters;
  }

  /** What must match, by the path of its attribute. */
  static Map<String, List<String>> matching(DataSet keys) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    keys.tags().forEach(tag -> add(name(tag), keys, tag, parameters));
    return parameters;
  }

  private static void add(
      String name, DataSet keys, int tag, Map<String, List<String>> parameters) {
    for (DataSet item : keys.element(tag).items()) {
      item.tags().forEach(inner -> add(name + "." + name(inner), item, inner, parameters));
    }
    List<String> wanted =
        keys.texts(tag).stream().filter(text -> !text.isEmpty() && !text.equals("*")).toList();
    if (!wanted.isEmpty()) {
      parameters.put(name, wanted);
    }
  }

  private static String name(int tag) {
    return "%08X".formatted(tag);
  }

  private static Answer answered(String uid, Supplier<Answer> work) {
    try {
      return work.get();
    } catch (WorklistRefusal refusal) {
      return new Answer(
          refusal.reason().status(), uid, String.valueOf(refusal.getMessage()), List.of());
    }
  }

  private static Answer status(int status, String uid) {
    return new Answer(status, uid, "", List.of());
  }

  private Worklist.Viewer viewer() {
    return new Worklist.Viewer(service.get(), true);
  }

  private static String subject(String caller) {
    return Subscriber.ENTITY + caller;
  }

  private void record(String caller, AuditAction action, String uid) {
    audit.record(AuditFact.of(subject(caller), action, uid, Map.of("by", "DIMSE")));
  }
}

package org.firstpass.http.ups;

import static org.firstpass.http.ups.UpsTransaction.CHANGE_STATE;
import static org.firstpass.http.ups.UpsTransaction.CREATE;
import static org.firstpass.http.ups.UpsTransaction.REQUEST_CANCELLATION;
import static org.firstpass.http.ups.UpsTransaction.RETRIEVE;
import static org.firstpass.http.ups.UpsTransaction.SEARCH;
import static org.firstpass.http.ups.UpsTransaction.UPDATE;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.http.AccessGate;
import org.firstpass.review.Fence;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Identity;
import org.firstpass.security.Role;
import org.firstpass.ups.StateChange;
import org.firstpass.ups.WorkitemCreation;
import org.firstpass.ups.WorkitemLedger.CancelOutcome;
import org.firstpass.ups.WorkitemQuery;
import org.firstpass.ups.Worklist;

/**
 * {@code /dicom-web/workitems}: the worklist.
 *
 * @see "PS3.18 11.4 to 11.9"
 */
public final class WorkitemRoutes {
  private static final String WORKITEMS = UpsHttp.ROOT + "/workitems";
  private static final String WORKITEM = WORKITEMS + "/{uid}";
  private static final Role[] CREATORS = {Role.ADMINISTRATOR, Role.SERVICE};
  private static final Role[] PERFORMERS = {Role.RADIOLOGIST, Role.SERVICE};
  private static final Role[] REQUESTERS = {Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR};
  static final Role[] VIEWERS = {
    Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR, Role.ML_ENGINEER, Role.AUDITOR
  };

  private final Worklist worklist;
  private final WorkitemCreation creation;
  private final StateChange states;
  private final AuditTrail audit;

  public WorkitemRoutes(
      Worklist worklist, WorkitemCreation creation, StateChange states, AuditTrail audit) {
    this.worklist = worklist;
    this.creation = creation;
    this.states = states;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.post(WORKITEMS, CREATE.handling(this::create), AccessGate.allow(CREATORS));
    routes.get(WORKITEMS, SEARCH.handling(this::search), AccessGate.allow(VIEWERS));
    routes.get(WORKITEM, RETRIEVE.handling(this::retrieve), AccessGate.allow(VIEWERS));
    routes.post(WORKITEM, UPDATE.handling(this::update), AccessGate.allow(PERFORMERS));
    routes.put(
        WORKITEM + "/state", CHANGE_STATE.handling(this::state), AccessGate.allow(PERFORMERS));
    routes.post(
        WORKITEM + "/cancelrequest",
        REQUEST_CANCELLATION.handling(this::requestCancel),
        AccessGate.allow(REQUESTERS));
  }

  private void create(Context context) {
    Optional<String> uid = UpsHttp.uid(context, "workitem", "AffectedSOPInstanceUID", "00001000");
    WorkitemCreation.Created created =
        creation.create(uid, UpsHttp.body(context), subject(context));
    record(context, AuditAction.WORKITEM_CREATED, created.task().toString(), Map.of());
    String location = UpsHttp.service(context) + "/workitems/" + created.uid();
    context.status(201).header("Location", location).header("Content-Location", location);
    if (created.modified()) {
      UpsHttp.warn(context, "The Workitem was created with modifications.");
    }
  }

  private void search(Context context) {
    UpsHttp.requireAcceptable(context);
    WorkitemQuery query = WorkitemQuery.of(context.queryParamMap());
    Worklist.Found found = worklist.search(query, viewer(context));
    if (found.workitems().isEmpty() && !found.cut()) {
      context.status(204);
      return;
    }
    if (found.cut()) {
      context.status(206);
      UpsHttp.warn(context, "Some Workitems were not looked at; narrow the search.");
    } else if (found.more() && query.ownLimit()) {
      context.status(206);
      UpsHttp.warn(context, "There are additional results that can be requested.");
    }
    UpsHttp.answer(context, found.workitems());
  }

  private void retrieve(Context context) {
    UpsHttp.requireAcceptable(context);
    String uid = context.pathParam("uid");
    // Only who has claimed it knows a transaction, and keeps it by asking.
    UpsHttp.uid(context, "transaction", "transaction-uid", "TransactionUID")
        .ifPresent(transaction -> worklist.renew(uid, fence(context, transaction)));
    DataSet workitem = worklist.retrieve(uid, viewer(context));
    record(context, AuditAction.TASK_OPENED, uid, Map.of("by", "worklist"));
    UpsHttp.answer(context, List.of(workitem));
  }

  private void update(Context context) {
    String uid = context.pathParam("uid");
    Optional<Fence> fence =
        UpsHttp.uid(context, "transaction", "transaction-uid", "TransactionUID")
            .map(transaction -> fence(context, transaction));
    boolean leftOut = worklist.update(uid, fence, UpsHttp.body(context));
    record(context, AuditAction.WORKITEM_UPDATED, uid, Map.of());
    context.status(200);
    if (leftOut) {
      UpsHttp.warn(context, "Requested optional Attributes are not supported.");
    }
  }

  private void state(Context context) {
    String uid = context.pathParam("uid");
    StateChange.Outcome outcome = states.change(uid, UpsHttp.body(context), subject(context));
    context.status(200);
    switch (outcome) {
      case CLAIMED -> record(context, AuditAction.TASK_CLAIMED, uid, Map.of("by", "worklist"));
      case COMPLETED -> record(context, AuditAction.TASK_SUBMITTED, uid, Map.of("by", "worklist"));
      case CANCELED ->
          record(context, AuditAction.TASK_DISCONTINUED, uid, Map.of("by", "worklist"));
      case ALREADY_COMPLETED ->
          UpsHttp.warn(context, "The UPS is already in the requested state of COMPLETED.");
      case ALREADY_CANCELED ->
          UpsHttp.warn(context, "The UPS is already in the requested state of CANCELED.");
    }
  }

  private void requestCancel(Context context) {
    String uid = context.pathParam("uid");
    CancelOutcome outcome =
        worklist.requestCancel(uid, UpsHttp.optionalBody(context), subject(context));
    record(context, AuditAction.WORKITEM_CANCEL_REQUESTED, uid, Map.of("outcome", outcome.name()));
    context.status(202);
    if (outcome == CancelOutcome.ALREADY_CANCELED) {
      UpsHttp.warn(context, "The UPS is already in the requested state of CANCELED.");
    }
  }

  private static Fence fence(Context context, String transaction) {
    return StateChange.fence(transaction, subject(context));
  }

  private static String subject(Context context) {
    return AccessGate.identity(context).subject();
  }

  private static Worklist.Viewer viewer(Context context) {
    Identity identity = AccessGate.identity(context);
    boolean seesPatients = identity.has(Role.RADIOLOGIST) || identity.has(Role.SERVICE);
    return new Worklist.Viewer(UpsHttp.service(context), seesPatients);
  }

  private void record(
      Context context, AuditAction action, String target, Map<String, String> details) {
    audit.record(AuditFact.of(subject(context), action, target, details));
  }
}

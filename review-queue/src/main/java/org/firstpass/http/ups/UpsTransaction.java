package org.firstpass.http.ups;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Map;
import java.util.Optional;
import org.firstpass.ups.WorklistRefusal;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * The transactions of UPS-RS, and how each says no: status and Warning header.
 *
 * @see "PS3.18 11.4 to 11.12, the tables of status codes and response header fields"
 */
enum UpsTransaction {
  CREATE,
  RETRIEVE,
  UPDATE,
  CHANGE_STATE,
  REQUEST_CANCELLATION,
  SEARCH,
  SUBSCRIBE;

  /** A handler whose refusals are answered as this transaction does. */
  Handler handling(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (WorklistRefusal refusal) {
        answer(context, refusal);
      }
    };
  }

  private void answer(Context context, WorklistRefusal refusal) {
    warning(refusal.reason()).ifPresent(text -> UpsHttp.warn(context, text));
    context.status(status(refusal.reason()));
    context.json(
        Map.of(
            "code",
            refusal.reason().name(),
            "message",
            Optional.ofNullable(refusal.getMessage()).orElse("")));
  }

  int status(Reason reason) {
    return switch (reason) {
      case UNKNOWN, NO_SUBSCRIPTION -> 404;
      case GONE -> 410;
      case MALFORMED,
          TRANSACTION_MISSING,
          TRANSACTION_WRONG,
          ONLY_CREATED_SCHEDULED,
          UNKNOWN_RECEIVER,
          NO_WORKLIST ->
          400;
      case TOO_LARGE -> 413;
      case NO_LONGER_UPDATED -> this == UPDATE ? 400 : 409;
      case ALREADY_EXISTS,
          ALREADY_IN_PROGRESS,
          FINAL_STATE_UNMET,
          NOT_YET_IN_PROGRESS,
          ALREADY_COMPLETED,
          PERFORMER_UNREACHABLE ->
          409;
    };
  }

  Optional<String> warning(Reason reason) {
    return switch (this) {
      case UPDATE -> ofUpdate(reason);
      case CHANGE_STATE -> ofStateChange(reason);
      case REQUEST_CANCELLATION -> ofCancellation(reason);
      case CREATE, RETRIEVE, SEARCH, SUBSCRIBE -> Optional.empty();
    };
  }

  private static Optional<String> ofUpdate(Reason reason) {
    return switch (reason) {
      case NOT_YET_IN_PROGRESS ->
          Optional.of("The target URI did not reference a claimed Workitem.");
      case NO_LONGER_UPDATED, TRANSACTION_MISSING, TRANSACTION_WRONG ->
          Optional.of(
              "The submitted request is inconsistent with the current state of the Workitem.");
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofStateChange(Reason reason) {
    return switch (reason) {
      case TRANSACTION_MISSING -> Optional.of("The Transaction UID is missing.");
      case TRANSACTION_WRONG -> Optional.of("The Transaction UID is incorrect.");
      case ALREADY_IN_PROGRESS,
          NOT_YET_IN_PROGRESS,
          NO_LONGER_UPDATED,
          FINAL_STATE_UNMET,
          ONLY_CREATED_SCHEDULED ->
          Optional.of("The submitted request is inconsistent with the state of the UPS Instance.");
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofCancellation(Reason reason) {
    return switch (reason) {
      case ALREADY_COMPLETED -> Optional.of("The UPS is already COMPLETED.");
      case PERFORMER_UNREACHABLE -> Optional.of("The performer cannot be contacted.");
      default -> Optional.empty();
    };
  }
}

package org.firstpass.http.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.firstpass.ups.WorklistRefusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of PS3.18 11.4 to 11.12, row by row. */
final class UpsTransactionTest {
  @ParameterizedTest
  @CsvSource({
    "CREATE, MALFORMED, 400",
    "CREATE, ALREADY_EXISTS, 409",
    "RETRIEVE, UNKNOWN, 404",
    "RETRIEVE, GONE, 410",
    "UPDATE, NO_LONGER_UPDATED, 400",
    "UPDATE, TRANSACTION_MISSING, 400",
    "UPDATE, TRANSACTION_WRONG, 400",
    "UPDATE, NOT_YET_IN_PROGRESS, 409",
    "UPDATE, TOO_LARGE, 413",
    "UPDATE, GONE, 410",
    "CHANGE_STATE, TRANSACTION_MISSING, 400",
    "CHANGE_STATE, TRANSACTION_WRONG, 400",
    "CHANGE_STATE, ONLY_CREATED_SCHEDULED, 400",
    "CHANGE_STATE, ALREADY_IN_PROGRESS, 409",
    "CHANGE_STATE, NOT_YET_IN_PROGRESS, 409",
    "CHANGE_STATE, NO_LONGER_UPDATED, 409",
    "CHANGE_STATE, FINAL_STATE_UNMET, 409",
    "REQUEST_CANCELLATION, ALREADY_COMPLETED, 409",
    "REQUEST_CANCELLATION, PERFORMER_UNREACHABLE, 409",
    "SUBSCRIBE, NO_SUBSCRIPTION, 404"
  })
  void eachRefusalHasItsStatus(UpsTransaction transaction, Reason reason, int status) {
    assertEquals(status, transaction.status(reason));
  }

  @Test
  void everyRefusedStateChangeOfAKnownWorkitemSaysWhyInTheWarning() {
    Set<Reason> ofState =
        EnumSet.of(
            Reason.TRANSACTION_MISSING,
            Reason.TRANSACTION_WRONG,
            Reason.ALREADY_IN_PROGRESS,
            Reason.NOT_YET_IN_PROGRESS,
            Reason.NO_LONGER_UPDATED,
            Reason.FINAL_STATE_UNMET,
            Reason.ONLY_CREATED_SCHEDULED);
    for (Reason reason : Reason.values()) {
      assertEquals(
          ofState.contains(reason),
          UpsTransaction.CHANGE_STATE.warning(reason).isPresent(),
          reason.name());
    }
    assertTrue(UpsTransaction.RETRIEVE.warning(Reason.GONE).isEmpty());
  }
}

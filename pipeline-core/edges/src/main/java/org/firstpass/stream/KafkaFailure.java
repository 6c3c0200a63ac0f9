package org.firstpass.stream;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/** Failures of the Kafka clients, sorted by who can mend them. */
final class KafkaFailure {
  private KafkaFailure() {}

  static FirstpassFailure sorted(String what, Exception failure) {
    Throwable cause = failure;
    if (failure instanceof ExecutionException && failure.getCause() != null) {
      cause = failure.getCause();
    }
    String message = what + ": " + cause.getClass().getSimpleName();
    boolean passing =
        cause instanceof RetriableException
            || cause instanceof TimeoutException
            || cause instanceof InterruptException
            || cause instanceof InterruptedException;
    if (passing) {
      return new TryAgainLater(ReasonCode.BROKER_UNAVAILABLE, message, failure);
    }
    String detail = cause instanceof ApiException ? ", " + cause.getMessage() : "";
    return new Defect(ReasonCode.UNEXPECTED, message + detail, failure);
  }
}

package org.firstpass.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way to one destination.
 *
 * @param event what it tells of: a proposal or a correction
 * @param series of the images
 * @param instance null until the object is made
 * @param reason why it is not delivered, null if nothing went wrong yet
 * @param explanation what was found, without patient data
 */
public record Delivery(
    UUID event,
    String destination,
    ObjectKind object,
    SeriesInstanceUid series,
    DeliveryState state,
    int attempts,
    Instant due,
    @Nullable SopInstanceUid instance,
    @Nullable ReasonCode reason,
    @Nullable String explanation,
    Instant created,
    Instant changed) {

  public Optional<ReasonCode> why() {
    return Optional.ofNullable(reason);
  }
}

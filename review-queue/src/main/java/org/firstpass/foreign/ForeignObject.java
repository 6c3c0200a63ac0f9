package org.firstpass.foreign;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesInput;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * One stored segmentation or structure set of another maker.
 *
 * @param id the same for the same bytes under the same SOP Instance UID, however often it is sent
 * @param input its own series, as it arrived
 * @param sender the text of the {@link org.firstpass.study.Sender}, null if nobody is known
 */
public record ForeignObject(
    UUID id,
    SeriesInput input,
    SopInstanceUid instance,
    SopClassUid sopClass,
    ObjectReference content,
    @Nullable String sender,
    Instant arrived) {

  public static UUID idOf(SopInstanceUid instance, Sha256 content) {
    return NameBasedUuid.of("foreign-object", instance.value(), content.hex());
  }
}

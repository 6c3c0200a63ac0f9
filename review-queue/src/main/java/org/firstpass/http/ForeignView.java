package org.firstpass.http;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.Examination;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.foreign.Overlap;
import org.firstpass.foreign.SegmentMatch;
import org.jspecify.annotations.Nullable;

/**
 * A foreign object on the wire.
 *
 * @param series its own Series Instance UID
 * @param question why a person is asked, or why it was refused
 * @param task that it belongs to, if that is known; otherwise one of {@code tasks}
 * @param segments what is drawn, and which segment of the protocol it is
 * @param overlaps pairs of the protocol's segments that share voxels
 * @param missing the protocol's segments that were proposed and of which it has nothing
 * @param correction what it became, or the side revision that it left
 */
record ForeignView(
    UUID id,
    ForeignItem.State state,
    String study,
    String series,
    String instance,
    String sopClass,
    @Nullable String sender,
    Instant arrived,
    @Nullable ReasonCode question,
    @Nullable String explanation,
    @Nullable UUID task,
    List<UUID> tasks,
    List<SegmentMatch> segments,
    List<Overlap> overlaps,
    List<Integer> missing,
    @Nullable UUID correction,
    @Nullable String by) {

  static ForeignView from(ForeignItem item) {
    ForeignObject object = item.object();
    ForeignItem.Filed filed = item.filed();
    Examination found = filed.examination();
    return new ForeignView(
        item.id(),
        filed.state(),
        object.input().reference().study().value(),
        object.input().reference().series().value(),
        object.instance().value(),
        object.sopClass().value(),
        object.sender(),
        object.arrived(),
        filed.reason(),
        filed.explanation(),
        filed.task(),
        found == null ? List.of() : found.tasks(),
        found == null ? List.of() : found.matches(),
        found == null ? List.of() : found.overlaps(),
        found == null ? List.of() : found.missing(),
        filed.correction(),
        filed.by());
  }
}

package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.segment.LabelSchema;
import org.jspecify.annotations.Nullable;

/**
 * A reader's decision on a proposal: {@code firstpass.corrections}. Its id is the correction's.
 *
 * @param activeMillis the reader's time with the case, bounded by the lease
 * @param findings the stored findings that the reader states beside the labels, null if there are
 *     none; comments are in there and not here
 * @param effort null if there was no journal of it: nothing was drawn here
 * @param selection how the case came to the reader, null if that was not written down
 */
public record CorrectionAccepted(
    UUID id,
    Instant time,
    SeriesInput input,
    UUID taskId,
    UUID proposalId,
    PackageReference modelPackage,
    LabelSchema schema,
    ObjectReference proposedLabels,
    ObjectReference acceptedLabels,
    ObjectReference segmentation,
    List<SegmentDecision> decisions,
    String reader,
    long activeMillis,
    @Nullable ObjectReference findings,
    @Nullable ReaderEffort effort,
    @Nullable CaseSelection selection)
    implements SeriesEvent {

  /** A decision without findings, for which nothing was drawn here. */
  public CorrectionAccepted(
      UUID id,
      Instant time,
      SeriesInput input,
      UUID taskId,
      UUID proposalId,
      PackageReference modelPackage,
      LabelSchema schema,
      ObjectReference proposedLabels,
      ObjectReference acceptedLabels,
      ObjectReference segmentation,
      List<SegmentDecision> decisions,
      String reader,
      long activeMillis) {
    this(
        id,
        time,
        input,
        taskId,
        proposalId,
        modelPackage,
        schema,
        proposedLabels,
        acceptedLabels,
        segmentation,
        decisions,
        reader,
        activeMillis,
        null,
        null,
        null);
  }

  /** The same, of a case that came to its reader like this. */
  public CorrectionAccepted with(@Nullable CaseSelection how) {
    return with(schema, how);
  }

  /** The same with another copy of its schema. */
  public CorrectionAccepted withSchema(LabelSchema copy) {
    return with(copy, selection);
  }

  private CorrectionAccepted with(LabelSchema copy, @Nullable CaseSelection how) {
    return new CorrectionAccepted(
        id,
        time,
        input,
        taskId,
        proposalId,
        modelPackage,
        copy,
        proposedLabels,
        acceptedLabels,
        segmentation,
        decisions,
        reader,
        activeMillis,
        findings,
        effort,
        how);
  }

  @Override
  public EventType type() {
    return EventType.CORRECTION_ACCEPTED;
  }
}

package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/** A first-pass label map was proposed: {@code firstpass.proposals}. Its id is the proposal's. */
public record ProposalMade(
    UUID id,
    Instant time,
    SeriesInput input,
    PackageReference modelPackage,
    LabelSchema schema,
    ObjectReference segmentation,
    ObjectReference labels,
    List<SegmentScore> scores,
    long inferenceMillis,
    ProposalNotes notes)
    implements SeriesEvent {
  public ProposalMade {
    notes = notes == null ? ProposalNotes.NONE : notes;
  }

  /** A proposal of which nothing more is known. */
  public ProposalMade(
      UUID id,
      Instant time,
      SeriesInput input,
      PackageReference modelPackage,
      LabelSchema schema,
      ObjectReference segmentation,
      ObjectReference labels,
      List<SegmentScore> scores,
      long inferenceMillis) {
    this(
        id,
        time,
        input,
        modelPackage,
        schema,
        segmentation,
        labels,
        scores,
        inferenceMillis,
        ProposalNotes.NONE);
  }

  /** The SOP Instance UID of the proposal's Segmentation. */
  public SopInstanceUid segmentationInstance() {
    return segmentationInstance(id);
  }

  /** The SOP Instance UID of a proposal's Segmentation. */
  public static SopInstanceUid segmentationInstance(UUID proposal) {
    return new SopInstanceUid(
        DicomUid.of(NameBasedUuid.of("segmentation instance", proposal.toString())));
  }

  /** The Series Instance UID of the proposal's Segmentation. */
  public SeriesInstanceUid segmentationSeries() {
    return segmentationSeries(id);
  }

  /** The Series Instance UID of a proposal's Segmentation. */
  public static SeriesInstanceUid segmentationSeries(UUID proposal) {
    return new SeriesInstanceUid(
        DicomUid.of(NameBasedUuid.of("segmentation series", proposal.toString())));
  }

  @Override
  public EventType type() {
    return EventType.PROPOSAL_MADE;
  }
}

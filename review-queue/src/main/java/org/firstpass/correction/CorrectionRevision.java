package org.firstpass.correction;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.SegmentDecision;
import org.firstpass.review.Fence;
import org.firstpass.review.TransactionUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One link of the chain of what was decided on a proposal. Never deleted, and never changed but for
 * how one that was submitted ended.
 *
 * @param id the correction's
 * @param by the reader and the claim for which it was sent
 * @param submission the digest of what was sent in, which tells a repeated submission from another
 * @param effort none if nothing was drawn here
 * @param origin of the images
 */
public record CorrectionRevision(
    UUID id,
    UUID task,
    Fence by,
    Instant at,
    UUID baseProposal,
    Sha256 submission,
    Outcome outcome,
    long activeMillis,
    Optional<ReaderEffort> effort,
    ImageOrigin origin) {

  /** A revision for which nothing was drawn here, of images of equipment that is not known. */
  public CorrectionRevision(
      UUID id,
      UUID task,
      Fence by,
      Instant at,
      UUID baseProposal,
      Sha256 submission,
      Outcome outcome,
      long activeMillis) {
    this(
        id,
        task,
        by,
        at,
        baseProposal,
        submission,
        outcome,
        activeMillis,
        Optional.empty(),
        ImageOrigin.UNKNOWN);
  }

  /** The correction of a claim: submitted again, it is the same. */
  public static UUID idOf(UUID task, TransactionUid transaction) {
    return NameBasedUuid.of("correction", task.toString(), transaction.value());
  }

  /** The revision that keeps what a stale writer brought. */
  public UUID sideId() {
    return NameBasedUuid.of("side", id.toString(), submission.hex());
  }

  /**
   * What a decision left in the store.
   *
   * @param labels the labels that hold
   * @param segmentation the DICOM SEG of them
   * @param labelDigest see {@link Receipt#digest}
   * @param findings what the reader found beside the labels, null if nothing
   */
  public record Outcome(
      ObjectReference labels,
      ObjectReference segmentation,
      List<SegmentDecision> decisions,
      Map<Integer, Long> voxels,
      Sha256 labelDigest,
      @Nullable ObjectReference findings) {
    /** Nothing was found beside the labels. */
    public Outcome(
        ObjectReference labels,
        ObjectReference segmentation,
        List<SegmentDecision> decisions,
        Map<Integer, Long> voxels,
        Sha256 labelDigest) {
      this(labels, segmentation, decisions, voxels, labelDigest, null);
    }

    public Outcome {
      decisions = List.copyOf(decisions);
      voxels = Map.copyOf(voxels);
    }
  }

  /** The receipt of this revision as the one with this number of its task. */
  public Receipt receipt(int number) {
    return new Receipt(id, number, outcome.voxels(), outcome.labelDigest());
  }
}

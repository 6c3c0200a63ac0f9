package org.firstpass.proposal;

import java.time.Duration;
import java.util.List;
import org.firstpass.event.PackageReference;
import org.firstpass.event.SegmentScore;
import org.firstpass.segment.LabelSchema;
import org.firstpass.volume.LabelMap;

/**
 * A first-pass label map and what is known of it.
 *
 * @param labels on the grid of the series
 * @param scores one per segment of the schema, in its order
 * @param evidence findings, doubt and device
 * @param inference how long the network ran
 */
public record Proposal(
    ProposalIdentity identity,
    PackageReference model,
    LabelSchema schema,
    LabelMap labels,
    List<SegmentScore> scores,
    ProposalEvidence evidence,
    Duration inference) {
  public Proposal {
    scores = List.copyOf(scores);
  }

  /** A proposal of which nothing but its labels and scores is known. */
  public Proposal(
      ProposalIdentity identity,
      PackageReference model,
      LabelSchema schema,
      LabelMap labels,
      List<SegmentScore> scores,
      Duration inference) {
    this(identity, model, schema, labels, scores, ProposalEvidence.NONE, inference);
  }

  /** Whether nothing at all was marked. */
  public boolean isEmpty() {
    return scores.stream().allMatch(score -> score.voxels() == 0);
  }
}

package org.firstpass.proposal;

import java.util.List;
import java.util.Optional;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a proposal beside its labels and scores, before it is stored.
 *
 * @param findings of classification heads, for the whole image
 * @param uncertainty where the network was unsure, null if it says nothing of voxels
 * @param device on which the network ran, null if it is not known
 * @param probabilities of each segment, null if they are not known
 */
public record ProposalEvidence(
    List<ImageFinding> findings,
    @Nullable UncertaintyMap uncertainty,
    @Nullable String device,
    @Nullable ProbabilityMap probabilities) {
  /** Nothing is known. */
  public static final ProposalEvidence NONE = new ProposalEvidence(List.of(), null, null, null);

  public ProposalEvidence {
    findings = List.copyOf(findings);
  }

  public Optional<UncertaintyMap> uncertaintyMap() {
    return Optional.ofNullable(uncertainty);
  }

  public Optional<ProbabilityMap> probabilityMap() {
    return Optional.ofNullable(probabilities);
  }

  /**
   * As an event tells it.
   *
   * @param doubts where {@link UncertaintyMap#encoded} was put, null if nowhere
   * @param likelihoods where {@link ProbabilityMap#encoded} was put, null if nowhere
   */
  public ProposalNotes notes(
      @Nullable ObjectReference doubts,
      @Nullable ObjectReference likelihoods,
      @Nullable RouteTaken route) {
    List<Double> slices = uncertainty == null ? List.of() : uncertainty.slices();
    return new ProposalNotes(findings, doubts, slices, route, device, likelihoods);
  }
}

package org.firstpass.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a proposal beside its labels.
 *
 * @param findings of classification heads, for the whole image
 * @param uncertaintyMap the stored 8-bit map on the source grid, null if there is none
 * @param sliceUncertainty mean entropy over the segments and their rims per source slice, 0 to 1;
 *     empty if it is not known
 * @param route why this package, null if it is not known
 * @param device on which the network ran, null if it is not known
 * @param probabilityMap what the network thinks of each segment on the source grid, stored, null if
 *     it is not kept
 */
public record ProposalNotes(
    List<ImageFinding> findings,
    @Nullable ObjectReference uncertaintyMap,
    List<Double> sliceUncertainty,
    @Nullable RouteTaken route,
    @Nullable String device,
    @Nullable ObjectReference probabilityMap) {
  /** Nothing more is known. */
  public static final ProposalNotes NONE =
      new ProposalNotes(List.of(), null, List.of(), null, null, null);

  /** Of a proposal whose probabilities were not kept. */
  public ProposalNotes(
      List<ImageFinding> findings,
      @Nullable ObjectReference uncertaintyMap,
      List<Double> sliceUncertainty,
      @Nullable RouteTaken route,
      @Nullable String device) {
    this(findings, uncertaintyMap, sliceUncertainty, route, device, null);
  }

  public ProposalNotes {
    findings = findings == null ? List.of() : List.copyOf(findings);
    sliceUncertainty = sliceUncertainty == null ? List.of() : List.copyOf(sliceUncertainty);
  }
}

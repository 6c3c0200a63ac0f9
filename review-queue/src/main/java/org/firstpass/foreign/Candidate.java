package org.firstpass.foreign;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.DicomUid;
import org.firstpass.study.SopInstanceUid;

/**
 * A task that an object may belong to.
 *
 * @param own the Segmentations that Firstpass made for it: of the proposal and of corrections
 */
record Candidate(ReviewTask task, Set<SopInstanceUid> own) {

  static Candidate of(ReviewTask task, List<UUID> corrections) {
    SopInstanceUid proposed = task.subject().proposal().segmentationInstance();
    return new Candidate(
        task,
        Stream.concat(
                Stream.of(proposed),
                corrections.stream().map(id -> new SopInstanceUid(DicomUid.of(id))))
            .collect(Collectors.toUnmodifiableSet()));
  }

  ProposalMade proposal() {
    return task.subject().proposal();
  }

  boolean isOpen() {
    return !task.state().isFinal();
  }

  /** Whether the object says that it was made from this task's Segmentation. */
  boolean isNamedBy(Drawing drawing) {
    return drawing.predecessors().stream().anyMatch(own::contains);
  }

  boolean isHeldBy(Optional<String> user) {
    return task instanceof ReviewTask.Claimed claimed
        && user.filter(claimed.lease().holder()::equals).isPresent();
  }
}

package org.firstpass.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.RetryBudget;
import org.firstpass.peer.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where results go, and how.
 *
 * @param name as it is told in metrics, logs and lists
 * @param dimse where, if by C-STORE
 * @param stow where, if by STOW-RS
 * @param proposal what is sent when something is proposed
 * @param correction what is sent when a reader's decision is accepted
 * @param segmentation how Segmentations are encoded; BINARY if null
 * @param confirmation without which nothing counts as delivered
 * @param retry {@link RetryBudget#STANDARD} if null
 * @param timeout how long one attempt may take to send, and to confirm; 5m if null
 * @param concurrency attempts at a time; 1 if null
 * @param when everything if null
 */
public record Destination(
    @Nullable String name,
    @Nullable DimseAddress dimse,
    @Nullable WebAddress stow,
    @Nullable List<ObjectKind> proposal,
    @Nullable List<ObjectKind> correction,
    @Nullable SegmentationForm segmentation,
    @Nullable ConfirmationKind confirmation,
    @Nullable RetryBudget retry,
    @Nullable String timeout,
    @Nullable Integer concurrency,
    @Nullable DeliveryCondition when) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final List<ObjectKind> PROPOSAL =
      List.of(ObjectKind.SEG, ObjectKind.SR, ObjectKind.PM, ObjectKind.KOS);
  private static final List<ObjectKind> CORRECTION =
      List.of(ObjectKind.SEG, ObjectKind.RTSTRUCT, ObjectKind.SR);
  private static final int MAX_CONCURRENCY = 8;
  static final String STANDARD_TIMEOUT = "5m";

  public Destination {
    requireName(name);
    String of = "destination '" + name + "' ";
    Requirement.that(
        (dimse == null) != (stow == null), of + "must have one of dimse and stow, and not both");
    proposal = Requirement.list("proposal", proposal);
    correction = Requirement.list("correction", correction);
    Requirement.that(
        !proposal.isEmpty() || !correction.isEmpty(),
        of + "must send something: proposal or correction lists objects");
    Requirement.that(
        PROPOSAL.containsAll(proposal), of + "has in proposal what is not of " + PROPOSAL);
    Requirement.that(
        CORRECTION.containsAll(correction), of + "has in correction what is not of " + CORRECTION);
    requireReferenced(of, proposal);
    requireReferenced(of, correction);
    Requirement.that(
        confirmation != null, of + "must have a confirmation; nothing is delivered without one");
    Requirement.that(
        confirmation != ConfirmationKind.COMMITMENT || dimse != null,
        of + "has confirmation COMMITMENT, which takes dimse; stow is confirmed by READ_BACK");
    timeout = timeout == null ? STANDARD_TIMEOUT : timeout;
    RetryBudget.duration("timeout", timeout);
    concurrency = concurrency == null ? 1 : concurrency;
    Requirement.within("concurrency", concurrency, 1, MAX_CONCURRENCY);
  }

  static void requireName(@Nullable String name) {
    Requirement.that(
        NAME.matcher(Requirement.text("name", name)).matches(),
        "name must be lower-case letters, digits and dashes, at most 40, but is '" + name + "'");
  }

  // They refer to it, and would point at nothing.
  private static void requireReferenced(String of, List<ObjectKind> objects) {
    Requirement.that(
        objects.contains(ObjectKind.SEG)
            || !objects.contains(ObjectKind.SR) && !objects.contains(ObjectKind.KOS),
        of + "sends SR or KOS without the SEG that they refer to");
  }

  /** {@link #name}, which is there. */
  String title() {
    return Objects.requireNonNull(name);
  }

  SegmentationForm form() {
    return segmentation == null ? SegmentationForm.BINARY : segmentation;
  }

  RetryBudget budget() {
    return retry == null ? RetryBudget.STANDARD : retry;
  }

  Duration limit() {
    return RetryBudget.duration("timeout", timeout);
  }

  int workers() {
    return concurrency == null ? 1 : concurrency;
  }

  DeliveryCondition condition() {
    return when == null ? DeliveryCondition.NONE : when;
  }

  /** What its lane has to know. */
  LaneTerms terms() {
    return new LaneTerms(title(), budget(), limit(), workers());
  }

  /** What is sent of a kind of result. */
  List<ObjectKind> objects(Result.Kind kind) {
    List<ObjectKind> wanted =
        switch (kind) {
          case PROPOSAL -> proposal;
          case CORRECTION -> correction;
        };
    return wanted == null ? List.of() : wanted;
  }
}

package org.firstpass.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReviewStateTest {
  private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @ParameterizedTest
  @EnumSource(ReviewState.class)
  void theTableAllowsExactlyWhatTheTypesAllow(ReviewState from) {
    Set<ReviewState> byType = EnumSet.noneOf(ReviewState.class);
    for (ReviewTask next : successors(task(from))) {
      byType.add(next.state());
    }
    assertEquals(byType, from.next());
  }

  @ParameterizedTest
  @EnumSource(ReviewState.class)
  void aWrongTransitionNamesFromAndTo(ReviewState from) {
    for (ReviewState to : ReviewState.values()) {
      if (from.next().contains(to)) {
        assertEquals(to, from.to(to));
      } else {
        WrongTransition wrong = assertThrows(WrongTransition.class, () -> from.to(to));
        assertTrue(String.valueOf(wrong.getMessage()).contains(from + " cannot become " + to));
      }
    }
  }

  @Test
  void everyWalkThroughTheStatesEndsAcceptedOrDiscontinuedAndKeepsItsCase() {
    var random = new Random(20261123);
    for (int walk = 0; walk < 2_000; walk++) {
      ReviewTask task = new ReviewTask.Waiting(subject());
      UUID id = task.id();
      for (int step = 0; step < 200 && !task.state().isFinal(); step++) {
        List<ReviewTask> next = successors(task);
        ReviewTask chosen = next.get(random.nextInt(next.size()));
        task.state().to(chosen.state());
        task = chosen;
        assertEquals(id, task.id());
      }
      if (task.state().isFinal()) {
        assertTrue(successors(task).isEmpty(), "nothing follows " + task.state());
      }
    }
  }

  @Test
  void noTransitionIsDeclaredOnAFinalState() {
    for (Class<?> end : List.of(ReviewTask.Accepted.class, ReviewTask.Discontinued.class)) {
      for (Method method : end.getDeclaredMethods()) {
        assertFalse(
            ReviewTask.class.isAssignableFrom(method.getReturnType()), "a way out: " + method);
      }
    }
  }

  @Test
  void aLeaseCanBeTakenOverOnlyWhenItIsOver() {
    var claimed = new ReviewTask.Claimed(subject(), lease("anna", NOW));
    Lease other = lease("ben", NOW.plus(HALF_AN_HOUR));
    assertEquals(Optional.empty(), claimed.takeOver(other, NOW.plus(HALF_AN_HOUR).minusMillis(1)));
    assertEquals(
        Optional.of(new ReviewTask.Claimed(subject(), other)),
        claimed.takeOver(other, NOW.plus(HALF_AN_HOUR)));
  }

  @Test
  void activeTimeIsBoundedByTheTimeOfTheLease() {
    Lease lease = lease("anna", NOW);
    Instant later = NOW.plusSeconds(60);
    assertEquals(59_000, lease.boundedActiveMillis(59_000, later));
    assertEquals(60_000, lease.boundedActiveMillis(61_000, later));
    assertEquals(0, lease.boundedActiveMillis(-5, later));
  }

  @Test
  void aFenceOpensOnlyItsOwnLease() {
    Lease lease = lease("anna", NOW);
    assertTrue(new Fence("anna", lease.transaction()).opens(lease));
    assertFalse(new Fence("ben", lease.transaction()).opens(lease));
    assertFalse(new Fence("anna", TransactionUid.of(new UUID(9, 9))).opens(lease));
  }

  private static List<ReviewTask> successors(ReviewTask task) {
    var next = new ArrayList<ReviewTask>();
    var why =
        new ReviewTask.Discontinuation(DiscontinuationReason.INSUFFICIENT_QUALITY, "anna", NOW);
    if (task instanceof ReviewTask.Waiting waiting) {
      next.add(waiting.claim(lease("anna", NOW)));
      next.add(waiting.discontinue(why));
    } else if (task instanceof ReviewTask.Claimed claimed) {
      next.add(claimed.renew(NOW, HALF_AN_HOUR));
      next.add(claimed.release());
      next.add(claimed.submit(new UUID(1, 1), NOW));
      next.add(claimed.discontinue(why));
    } else if (task instanceof ReviewTask.Submitted submitted) {
      next.add(submitted.accept());
      next.add(submitted.undo(lease("anna", NOW)));
      next.add(submitted.giveBack("the dome is missing"));
    } else if (task instanceof ReviewTask.Returned returned) {
      next.add(returned.claim(lease("ben", NOW)));
      next.add(returned.discontinue(why));
    }
    return next;
  }

  private static ReviewTask task(ReviewState state) {
    var decision = new ReviewTask.Decision(new UUID(1, 1), "anna", NOW);
    return switch (state) {
      case WAITING -> new ReviewTask.Waiting(subject());
      case CLAIMED -> new ReviewTask.Claimed(subject(), lease("anna", NOW));
      case SUBMITTED -> new ReviewTask.Submitted(subject(), decision);
      case ACCEPTED -> new ReviewTask.Accepted(subject(), decision);
      case RETURNED -> new ReviewTask.Returned(subject(), decision, "again");
      case DISCONTINUED ->
          new ReviewTask.Discontinued(
              subject(),
              new ReviewTask.Discontinuation(DiscontinuationReason.EXPIRED, "anna", NOW));
    };
  }

  private static ReviewCase subject() {
    return new ReviewCase(ProposalFixture.proposal(1), new PriorityScore("none", List.of()), NOW);
  }

  private static Lease lease(String holder, Instant from) {
    return new Lease(holder, TransactionUid.of(new UUID(1, 2)), from, from.plus(HALF_AN_HOUR));
  }
}

package org.firstpass.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;

final class ChoresTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);

  @Test
  void aChoreThatFailsIsDoneAgain() throws InterruptedException {
    var left = new CountDownLatch(3);
    var times = new AtomicInteger();
    try (var chores = new Chores("failing")) {
      chores.every(
          SOON,
          "the test fails",
          () -> {
            left.countDown();
            switch (times.getAndIncrement()) {
              case 0 -> throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "away");
              case 1 -> throw new NoClassDefFoundError("a broken plug-in");
              default -> throw new IllegalStateException("ours");
            }
          });
      assertTrue(left.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void choresAreDoneOneAtATimeOnAThreadOfThatNameThatKeepsNoProcessUp()
      throws InterruptedException {
    var both = new CountDownLatch(2);
    var busy = new AtomicBoolean();
    var overlapped = new AtomicBoolean();
    var named = new AtomicInteger();
    Runnable chore =
        () -> {
          overlapped.compareAndSet(false, busy.getAndSet(true));
          Thread now = Thread.currentThread();
          named.addAndGet(now.getName().equals("named") && now.isDaemon() ? 1 : 0);
          busy.set(false);
          both.countDown();
        };
    try (var chores = new Chores("named")) {
      chores.every(NEVER, "one", chore);
      chores.every(NEVER, "other", chore);
      assertTrue(both.await(10, TimeUnit.SECONDS));
    }
    assertFalse(overlapped.get());
    assertEquals(2, named.get());
  }

  @Test
  void whatIsToBeDoneLaterIsNotDoneAtOnce() throws InterruptedException {
    var done = new AtomicBoolean();
    var other = new CountDownLatch(1);
    try (var chores = new Chores("later")) {
      chores.later(NEVER, "later", () -> done.set(true));
      chores.every(NEVER, "at once", other::countDown);
      assertTrue(other.await(10, TimeUnit.SECONDS));
    }
    assertFalse(done.get());
  }

  @Test
  void closingWaitsForTheChoreThatIsUnderWay() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var chores = new Chores("closing");
    chores.every(
        NEVER,
        "under way",
        () -> {
          begun.countDown();
          try {
            goOn.await();
            ended.set(true);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    var closing = new Thread(chores::close);
    closing.start();
    goOn.countDown();
    closing.join();
    assertTrue(ended.get());
  }
}

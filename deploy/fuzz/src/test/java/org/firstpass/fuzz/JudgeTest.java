package org.firstpass.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that were planted: each of them is a finding, and an answer is none. */
final class JudgeTest {
  @TempDir Path folder;
  private final List<byte[]> kept = new ArrayList<>();

  /** What a target does. */
  private interface Deed {
    void run(byte[] input) throws Exception;
  }

  private record Planted(Deed deed) implements FuzzTarget {
    static final Duration CPU = Duration.ofMillis(200);

    @Override
    public Limits limits(byte[] input) {
      return new Limits(16L << 20, 1024, CPU);
    }

    @Override
    public String name() {
      return "planted";
    }

    @Override
    public List<byte[]> seeds() {
      return List.of();
    }

    @Override
    public void run(byte[] input) throws Exception {
      deed.run(input);
    }

    @Override
    public boolean isAnswer(Throwable failure) {
      return failure instanceof IOException;
    }
  }

  @Test
  void aResultARefusalAndTheTargetsOwnAnswerAreCounted() {
    Tally tally = Tally.in(folder.resolve("tally"));
    for (Deed deed : List.<Deed>of(in -> {}, in -> refuse(null), in -> raise(new IOException()))) {
      new Judge(new Planted(deed), tally).judge(new byte[1]);
    }
    tally.save();
    assertEquals(
        Map.of("read", 1L, ReasonCode.MALFORMED_INSTANCE.code(), 1L, "IOException", 1L),
        Tally.in(folder.resolve("tally")).answers());
    assertEquals(3, Tally.in(folder.resolve("tally")).inputs());
  }

  @Test
  void whatHasNoCodeIsAFinding() {
    assertFinding(in -> raise(new IllegalArgumentException()));
    assertFinding(in -> raise(new Defect(ReasonCode.UNEXPECTED, "ours")));
    assertFinding(in -> endless(0));
  }

  @Test
  void thatTheStoreIsAwayIsAFindingForTheBytesAreHere() {
    assertFinding(in -> raise(new TryAgainLater(ReasonCode.STORE_UNAVAILABLE, "away")));
  }

  @Test
  void aRefusalThatHidesOurOwnMistakeIsAFinding() {
    assertFinding(in -> refuse(assertThrows(RuntimeException.class, () -> in[7]++)));
  }

  @Test
  void memoryOutOfProportionIsAFindingInEveryThread() {
    assertFinding(in -> keep(40 << 20));
    // Nothing is left that could be collected meanwhile, and make up for it.
    System.gc();
    assertFinding(
        in -> {
          var thread = new Thread(() -> keep(100 << 20));
          thread.start();
          thread.join();
        });
  }

  @Test
  void anInputThatTakesTheProcessorForLongIsAFinding() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    assertFinding(
        in -> {
          long until = threads.getCurrentThreadCpuTime() + 2 * Planted.CPU.toNanos();
          while (threads.getCurrentThreadCpuTime() < until) {
            in[0]++;
          }
        });
  }

  @Test
  void filesThatStayOpenAreAFinding() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    List<InputStream> open = new ArrayList<>();
    var judge = new Judge(new Planted(in -> open.add(new FileInputStream(file.toFile()))), tally());
    try {
      assertThrows(
          Finding.class,
          () -> {
            // Handles are counted now and then.
            for (int i = 0; i < 1 << 14; i++) {
              judge.judge(new byte[1]);
              if (i % 40 != 0) {
                open.remove(open.size() - 1).close();
              }
            }
          });
    } finally {
      for (InputStream each : open) {
        each.close();
      }
    }
  }

  private void assertFinding(Deed deed) {
    var judge = new Judge(new Planted(deed), tally());
    assertThrows(Finding.class, () -> judge.judge(new byte[1]));
    assertTrue(kept.size() <= 2, "an input is run twice at most");
    kept.clear();
  }

  private Tally tally() {
    return Tally.in(folder.resolve("none"));
  }

  private void keep(int bytes) {
    kept.add(new byte[bytes]);
  }

  private static void raise(Exception failure) throws Exception {
    throw failure;
  }

  private static void refuse(Throwable cause) {
    throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "refused", cause);
  }

  private static int endless(int depth) {
    return depth < 0 ? 0 : 1 + endless(depth + 1);
  }
}

package org.firstpass.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every target, run for a moment: a harness that nobody runs decays. */
final class TargetsTest {
  private static final long SEED = 4;

  static Stream<String> names() {
    return Targets.ALL.stream().map(FuzzTarget::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void someSeedsAreReadAndNoneIsAFinding(String name, @TempDir Path folder) {
    FuzzTarget target = Targets.named(name);
    Tally tally = Tally.in(folder.resolve("tally"));
    var judge = new Judge(target, tally);
    target.seeds().forEach(judge::judge);
    assertTrue(tally.answers().getOrDefault("read", 0L) > 0, () -> tally.answers().toString());
    target.seeds().forEach(seed -> assertTrue(seed.length <= target.longestInput(), "too long"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void damagedSeedsAreAnswered(String name, @TempDir Path folder) {
    FuzzTarget target = Targets.named(name);
    Tally tally = Tally.in(folder.resolve("tally"));
    var judge = new Judge(target, tally);
    var mutations = new Mutations(target.seeds(), SEED);
    for (int i = 0; i < target.briefly(); i++) {
      judge.judge(mutations.next());
    }
    assertEquals(target.briefly(), tally.inputs());
  }

  @Test
  void namesAreDifferent() {
    List<String> names = names().toList();
    assertEquals(names.size(), names.stream().distinct().count());
  }
}

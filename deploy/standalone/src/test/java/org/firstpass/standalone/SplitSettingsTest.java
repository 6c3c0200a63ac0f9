package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.firstpass.dataset.split.SplitProportions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How patients are dealt out: what it is if not set, what it becomes, what is refused. */
class SplitSettingsTest {
  @TempDir Path folder;

  @Test
  void mostAreForTrainingUnlessToldOtherwise() {
    assertEquals(SplitProportions.DEFAULT, split(Map.of()));
    assertEquals(new SplitProportions(45, 15, 40), split(Map.of(Keys.DATASET_SPLIT, "45, 15, 40")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"70,30", "70,20,20", "a,b,c", "110,-20,10"})
  void whatAreNoThreePercentagesIsRefused(String text) {
    CommandFailed refused =
        assertThrows(CommandFailed.class, () -> split(Map.of(Keys.DATASET_SPLIT, text)));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("dataset.split"));
  }

  private SplitProportions split(Map<String, String> chosen) {
    return Configuration.of(StateFolder.at(folder), chosen).split();
  }
}

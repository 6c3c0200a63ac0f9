package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecutionShapeTest {
  @Test
  void callersOfOneThreadAreTriedFirstThenThoseInBetweenThenOneWithAll() {
    assertEquals(
        List.of(shape(8, 1, 1), shape(4, 2, 1), shape(2, 4, 1), shape(1, 8, 1)),
        ExecutionShape.candidates(Device.CPU, 8, 1));
  }

  @Test
  void noCandidateTakesMoreThanTheCores() {
    for (int cores = 1; cores <= 48; cores++) {
      for (ExecutionShape each : ExecutionShape.candidates(Device.CPU, cores, 4)) {
        assertTrue(each.callers() * each.threads() <= cores, each + " on " + cores);
      }
    }
  }

  @Test
  void callersAndTheRuntimesThreadsTogetherAreAsManyAsTheCores() {
    for (int cores : new int[] {1, 2, 4, 8, 16, 64}) {
      for (ExecutionShape each : ExecutionShape.candidates(Device.CPU, cores, 1)) {
        assertEquals(cores, each.callers() + each.sessionThreads() - 1, each.toString());
      }
    }
  }

  @Test
  void aBatchThatThePackageAllowsIsTriedToo() {
    List<ExecutionShape> shapes = ExecutionShape.candidates(Device.CPU, 2, 4);
    assertTrue(shapes.contains(shape(2, 1, 4)), shapes.toString());
    assertTrue(shapes.contains(shape(1, 2, 4)), shapes.toString());
  }

  @Test
  void aCardIsGivenOneOrTwoCallersAndAnyBatch() {
    assertEquals(
        List.of(
            shape(2, 1, 1),
            shape(1, 1, 1),
            shape(2, 1, 2),
            shape(1, 1, 2),
            shape(2, 1, 3),
            shape(1, 1, 3)),
        ExecutionShape.candidates(Device.CUDA, 16, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, 4, 1, 2",
    "1000, 0, 4, 1, 2",
    "800, 100, 4, 1, 2",
    "799, 100, 4, 1, 1",
    "300, 100, 3, 1, 1",
    "250, 100, 2, 2, 1",
    "99, 100, 1, 4, 1"
  })
  void whatDoesNotFitLosesItsBatchFirstAndThenCallers(
      long memory, long window, int callers, int threads, int batch) {
    assertEquals(shape(callers, threads, batch), shape(4, 1, 2).within(memory, window));
  }

  @Test
  void aShapeHasAtLeastOneOfEach() {
    assertThrows(IllegalArgumentException.class, () -> shape(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> shape(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> shape(1, 1, 0));
  }

  private static ExecutionShape shape(int callers, int threads, int batch) {
    return new ExecutionShape(callers, threads, batch);
  }
}

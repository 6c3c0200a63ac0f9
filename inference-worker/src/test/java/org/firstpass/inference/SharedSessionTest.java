package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.NpyArray;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedSessionTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final long WEIGHTS = 64L * MEBIBYTE;

  @TempDir private Path folder;

  @Test
  void equalGraphsShareOneSessionWhereverTheyLie() throws IOException {
    Path first = tiny("first/model.onnx", 1);
    Path second = Files.createDirectories(folder.resolve("second")).resolve("model.onnx");
    Files.copy(first, second);
    int before = SharedSession.count();
    try (NetworkSession one = NetworkSession.open(first, 1, true);
        NetworkSession other = NetworkSession.open(second, 1, true)) {
      assertSame(one.session(), other.session());
      assertEquals(before + 1, SharedSession.count());
    }
    assertEquals(before, SharedSession.count());
  }

  @Test
  void aSessionStaysOpenUntilItsLastLeaseIsGivenBack() {
    Path file = tiny("model.onnx", 2);
    NetworkSession one = NetworkSession.open(file, 1, true);
    try (NetworkSession other = NetworkSession.open(file, 1, true)) {
      one.close();
      one.close();
      assertEquals(5f, answer(other, 2.5f));
    }
    assertThrows(IllegalStateException.class, one::session);
  }

  @Test
  void otherGraphsOrKindsHaveSessionsOfTheirOwn() {
    int before = SharedSession.count();
    try (NetworkSession one = NetworkSession.open(tiny("one.onnx", 1), 1, true);
        NetworkSession twoThreads = NetworkSession.open(tiny("one.onnx", 1), 2, true);
        NetworkSession other = NetworkSession.open(tiny("other.onnx", 3), 1, true)) {
      assertEquals(before + 3, SharedSession.count());
      assertEquals(1f, answer(one, 1));
      assertEquals(1f, answer(twoThreads, 1));
      assertEquals(3f, answer(other, 1));
    }
  }

  @Test
  void aFileThatIsNoGraphLeavesNoSessionBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "not a network");
    int before = SharedSession.count();
    Defect defect = assertThrows(Defect.class, () -> NetworkSession.open(file, 1, true));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertEquals(before, SharedSession.count());
  }

  @Test
  void weightsAreInMemoryOnceAndGoWithTheLastLease() {
    Path file = heavy();
    long before = resident();
    NetworkSession one = NetworkSession.open(file, 1, true);
    long loaded = resident();
    assertTrue(loaded - before > WEIGHTS / 2, before + " -> " + loaded);
    try (NetworkSession other = NetworkSession.open(file, 1, true)) {
      assertTrue(resident() - loaded < WEIGHTS / 4, loaded + " -> " + resident());
      assertSame(one.session(), other.session());
    }
    one.close();
    assertTrue(resident() - before < WEIGHTS / 2, before + " -> " + resident());
  }

  /** The resident bytes when everything that was freed is back; skips where nobody tells. */
  private static long resident() {
    Assumptions.assumeTrue(NativeHeap.trim(), "this JVM cannot give native memory back");
    return NativeHeap.residentBytes().orElseThrow();
  }

  private Path heavy() {
    var weights = new float[(int) (WEIGHTS / Float.BYTES)];
    Arrays.fill(weights, 0.5f);
    return new OnnxGraph()
        .input("image", 1, weights.length)
        .weights("w", List.of(1L, (long) weights.length), weights)
        .node("Mul", List.of("image", "w"), "logits")
        .output("logits", 1, weights.length)
        .write(folder.resolve("heavy.onnx"));
  }

  private Path tiny(String name, float weight) {
    Path file = folder.resolve(name);
    TinyNetwork.write(file, new float[] {weight}, new float[] {0});
    return file;
  }

  private static float answer(NetworkSession session, float value) {
    var input = new NpyArray(List.of(1, 1, 1, 1, 1), new float[] {value});
    return GraphAnswer.of(session, TinyNetwork.INPUT, input, List.of(TinyNetwork.OUTPUT))
        .get(0)
        .values()[0];
  }
}

package org.firstpass.dicomweb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.firstpass.dicomweb.MultipartParts.Malformed;
import org.firstpass.dicomweb.MultipartParts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartPartsTest {
  @Test
  void partsComeWithTheirHeadersAndTheirBytes() throws IOException {
    var parts =
        parts(
            "before\r\n--x  \r\nContent-Type: a/b\r\nB:  c \r\n\r\none\r\n--x\r\n\r\n\r\n--x--\r\nafter");
    Part first = parts.next().orElseThrow();
    assertEquals("a/b", first.header("content-type"));
    assertEquals("c", first.header("b"));
    assertEquals("one", text(first));
    assertEquals("", text(parts.next().orElseThrow()));
    assertEquals(Optional.empty(), parts.next());
    assertEquals(Optional.empty(), parts.next());
  }

  @Test
  void aPartThatNobodyReadsIsPassedOver() throws IOException {
    var parts = parts("--x\r\n\r\n" + "a".repeat(300_000) + "\r\n--x\r\n\r\nb\r\n--x--");
    assertTrue(parts.next().isPresent());
    assertEquals("b", text(parts.next().orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n--xy",
        "\r\n--",
        "\r\n-",
        "\r",
        "\r\n--x -",
        "--x",
        "\n--x\r\n",
        "\r\n--x\r",
        "\r\n--x y\r\n"
      })
  void whatOnlyLooksLikeADelimiterIsContent(String content) throws IOException {
    var parts = parts("--x\r\n\r\n" + content + "\r\n--x--");
    assertEquals(content, text(parts.next().orElseThrow()));
    assertEquals(Optional.empty(), parts.next());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "--x",
        "--x\r\n",
        "--x\r\nA: b",
        "--x\r\nno colon\r\n\r\n",
        "--x\r\n\r\nabc",
        "--x\r\n\r\nabc\r\n--x"
      })
  void aBodyWithoutItsEndIsMalformed(String body) {
    assertThrows(Malformed.class, () -> readAll(parts(body)));
  }

  @Test
  void headersThatGoOnAndOnAreMalformed() {
    assertThrows(Malformed.class, () -> readAll(parts("--x\r\nA: " + "b".repeat(20_000))));
    assertThrows(Malformed.class, () -> readAll(parts("--x\r\n" + "A: b\r\n".repeat(20_000))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a ", "ä", "a\r\nb"})
  void aBoundaryThatIsNoneIsMalformed(String boundary) {
    assertThrows(
        Malformed.class, () -> new MultipartParts(new ByteArrayInputStream(new byte[0]), boundary));
  }

  @Test
  void randomPartsComeBackHoweverTheBytesArrive() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<byte[]> contents = new ArrayList<>();
      var body = new ByteArrayOutputStream();
      for (int part = 0; part < 1 + random.nextInt(4); part++) {
        byte[] content = content(random);
        contents.add(content);
        body.writeBytes("\r\n--bound\r\nA: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
      }
      body.writeBytes("\r\n--bound--".getBytes(StandardCharsets.US_ASCII));
      var parts = new MultipartParts(new Dripping(body.toByteArray(), random), "bound");
      for (byte[] content : contents) {
        byte[] found = parts.next().orElseThrow().content().readAllBytes();
        assertArrayEquals(content, found, "seed " + seed);
      }
      assertEquals(Optional.empty(), parts.next());
    }
  }

  /** Mostly line ends, hyphens and pieces of the boundary. */
  private static byte[] content(Random random) {
    var content = new ByteArrayOutputStream();
    int pieces = random.nextInt(random.nextBoolean() ? 20 : 30_000);
    String[] kinds = {
      "\r\n--boun", "\r\n", "--", "\r", "boune", "\r\n--bound-x", "a", "\r\n--bounde"
    };
    for (int i = 0; i < pieces; i++) {
      content.writeBytes(kinds[random.nextInt(kinds.length)].getBytes(StandardCharsets.US_ASCII));
    }
    return content.toByteArray();
  }

  private static MultipartParts parts(String body) throws Malformed {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return new MultipartParts(new ByteArrayInputStream(bytes), "x");
  }

  private static void readAll(MultipartParts parts) throws IOException {
    Optional<Part> part = parts.next();
    while (part.isPresent()) {
      part.orElseThrow().content().readAllBytes();
      part = parts.next();
    }
  }

  private static String text(Part part) throws IOException {
    return new String(part.content().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Gives as few bytes at a time as it likes. */
  private static final class Dripping extends InputStream {
    private final InputStream in;
    private final Random random;

    Dripping(byte[] bytes, Random random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return in.read(target, offset, Math.min(length, 1 + random.nextInt(5000)));
    }
  }
}

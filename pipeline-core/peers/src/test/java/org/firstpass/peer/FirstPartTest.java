package org.firstpass.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstPartTest {
  @TempDir private Path folder;

  private byte[] read(byte[] body, String contentType) throws IOException {
    Path file = Files.write(folder.resolve("answer"), body);
    try (InputStream in = FirstPart.of(file, contentType).open()) {
      return in.readAllBytes();
    }
  }

  private static byte[] multipart(String boundary, byte[] content) {
    var body = new ByteArrayOutputStream();
    String head = "\r\n--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000, 1023, 1024, 1025, 100_000})
  void theContentIsFoundWhateverItsLength(int length) throws IOException {
    var content = new byte[length];
    new Random(length).nextBytes(content);
    byte[] body = multipart("b-1", content);
    assertArrayEquals(content, read(body, "multipart/related; boundary=b-1; type=x"));
    assertArrayEquals(content, read(body, "multipart/related; type=\"x\"; boundary=\"b-1\""));
  }

  @Test
  void whatIsNotMultipartIsTheWholeFile() throws IOException {
    byte[] body = {1, 2, 3};
    assertArrayEquals(body, read(body, "application/dicom"));
    assertArrayEquals(body, read(body, ""));
  }

  @Test
  void aBodyWithoutItsBoundaryIsLeftAsItIs() throws IOException {
    byte[] body = multipart("one", new byte[5]);
    assertEquals(body.length, read(body, "multipart/related; boundary=other").length);
  }
}

package org.firstpass.dicom.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.firstpass.dicom.DebianTool;
import org.firstpass.dicom.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DICOM JSON and transcoded files held against what pydicom reads, file by file. */
final class PydicomParityTest {
  private static final List<String> PARTS =
      List.of("P12_small_pydicom", "P11_transfer_syntaxes_mr", "P09_us_multiframe");

  @TempDir Path folder;

  @Test
  void everyAttributeOfRealFilesIsWhatPydicomReads() throws Exception {
    compare(
        "compare.py",
        (file, target) -> {
          try (OutputStream out = Files.newOutputStream(target);
              var array = new DicomJson.Array(out)) {
            array.add(() -> Files.newInputStream(file), "http://x/bulkdata");
          }
        });
  }

  @Test
  void aTranscodedFileIsTheSameToPydicom() throws Exception {
    compare(
        "pixels.py",
        (file, target) -> {
          try (OutputStream out = Files.newOutputStream(target)) {
            InstanceTranscoder.write(() -> Files.newInputStream(file), out);
          }
        });
  }

  /** Makes of a file what is compared with it. */
  private interface Making {
    void make(Path file, Path target) throws IOException;
  }

  private void compare(String script, Making making) throws Exception {
    DebianTool python = DebianTool.require("python3");
    Assumptions.assumeTrue(
        python.run("-c", "import pydicom, numpy").status() == 0, "pydicom is not installed");
    List<Path> files = new ArrayList<>();
    for (String part : PARTS) {
      files.addAll(SharedData.files(part));
    }
    files.removeIf(file -> !hasPreamble(file));
    List<Object> arguments = new ArrayList<>(List.of(script(script)));
    for (Path file : files) {
      Path made = folder.resolve(Integer.toString(arguments.size()));
      making.make(file, made);
      arguments.add(file);
      arguments.add(made);
    }
    DebianTool.Result result = python.run(arguments.toArray());
    assertEquals(List.of(), result.linesStartingWith("DIFF"), result.output());
    long compared =
        result.linesStartingWith("COMPARED").size() + result.linesStartingWith("SKIPPED").size();
    assertEquals(files.size(), compared, result.output());
    assertTrue(files.size() > 20, "only " + files.size() + " files");
  }

  static boolean hasPreamble(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(132);
      return start.length == 132
          && new String(start, 128, 4, StandardCharsets.US_ASCII).equals("DICM");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path script(String name) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(PydicomParityTest.class.getResourceAsStream(name))) {
      Files.copy(in, script);
    }
    return script;
  }
}

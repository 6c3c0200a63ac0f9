package org.firstpass.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** What is in a file that may be packed. */
final class UnpackedFile {
  private UnpackedFile() {}

  /** The contents of a ZIP's entries, of a gzip, or of the file itself. */
  static List<byte[]> contents(Path file) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      if (file.toString().endsWith(".zip")) {
        var zip = new ZipInputStream(in);
        while (zip.getNextEntry() != null) {
          contents.add(zip.readAllBytes());
        }
      } else if (file.toString().endsWith(".gz")) {
        contents.add(new GZIPInputStream(in).readAllBytes());
      } else {
        contents.add(in.readAllBytes());
      }
    }
    return contents;
  }
}

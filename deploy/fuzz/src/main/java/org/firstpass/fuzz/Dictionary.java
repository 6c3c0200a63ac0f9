package org.firstpass.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.firstpass.dicom.dataset.Vr;

/** Words that turn up in DICOM, for the engine to put into inputs. */
final class Dictionary {
  private static final List<String> WORDS =
      List.of(
          "DICM",
          "1.2.840.10008.1.2",
          "1.2.840.10008.1.2.1",
          "1.2.840.10008.1.2.2",
          "1.2.840.10008.1.2.5",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.5.1.4.1.1.2",
          "1.2.840.10008.5.1.4.1.1.66.4",
          "1.2.840.10008.5.1.4.1.1.66.7",
          "1.2.840.10008.5.1.4.1.1.481.3",
          "BINARY",
          "FRACTIONAL",
          "LABELMAP",
          "CLOSED_PLANAR",
          "CLOSEDPLANAR_XOR",
          "MONOCHROME1",
          "MONOCHROME2",
          "RGB",
          "PALETTE COLOR",
          "ISO_IR 192",
          "ISO 2022 IR 87",
          "\\vr\\",
          "\\Value\\",
          "InlineBinary",
          "BulkDataURI",
          "Alphabetic",
          "00080016",
          "\r\n\r\n",
          "\r\n--",
          "content-type: application/dicom");

  /** Group and element, little endian: items and delimiters, pixels, groups of frames. */
  private static final List<String> TAGS =
      List.of(
          "feff00e0",
          "feff0de0",
          "feffdde0",
          "e07f1000",
          "28001000",
          "28001100",
          "28000800",
          "28000001",
          "28000101",
          "28000301",
          "00523092",
          "00522992",
          "62000200",
          "06305000",
          "06304000",
          "06303900",
          "06302000",
          "20003200",
          "20003700",
          "28003000",
          "02001000",
          "02000000",
          "08000500",
          "ffffffff",
          "00000000",
          "ffffff7f",
          "00000080");

  private Dictionary() {}

  /** Writes it in the form of libFuzzer. */
  static Path writeTo(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    WORDS.forEach(word -> lines.add(entry(word.getBytes(StandardCharsets.ISO_8859_1))));
    TAGS.forEach(tag -> lines.add(entry(HexFormat.of().parseHex(tag))));
    for (Vr vr : Vr.values()) {
      lines.add(entry(vr.name().getBytes(StandardCharsets.ISO_8859_1)));
    }
    return Files.write(file, lines);
  }

  private static String entry(byte[] bytes) {
    return "\"" + HexFormat.of().withPrefix("\\x").formatHex(bytes) + "\"";
  }
}

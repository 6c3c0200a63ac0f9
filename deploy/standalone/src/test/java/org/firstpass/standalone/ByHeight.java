package org.firstpass.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.dicom.web.DicomJson;

/** How high in the patient a slice lies: the z of its Image Position. */
final class ByHeight {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IMAGE_POSITION = 0x00200032;

  private ByHeight() {}

  static double of(Path file) throws IOException {
    DicomJson.Header header =
        DicomJson.header(() -> Files.newInputStream(file), tag -> tag == IMAGE_POSITION);
    return JSON.readTree(header.json()).path("00200032").path("Value").path(2).asDouble();
  }
}

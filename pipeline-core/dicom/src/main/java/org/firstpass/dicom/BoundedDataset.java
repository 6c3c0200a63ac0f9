package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.jspecify.annotations.Nullable;

/** Reads the data set of a message that is no instance, and no more than a message may have. */
final class BoundedDataset {
  /** A reference takes about 160 bytes: more than 50,000 of them. */
  static final int MAX_BYTES = 8 << 20;

  private static final int MAX_ITEMS = 60_000;

  private BoundedDataset() {}

  /**
   * @throws StudyRefused TOO_LARGE or MALFORMED_INSTANCE; the rest of the data set is taken all the
   *     same
   */
  static Attributes read(@Nullable PDVInputStream data, PresentationContext context)
      throws IOException {
    if (data == null) {
      return new Attributes();
    }
    byte[] bytes = data.readNBytes(MAX_BYTES + 1);
    data.skipAll();
    if (bytes.length > MAX_BYTES) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected a message of at most " + MAX_BYTES + " bytes, found more");
    }
    String syntax = context.getTransferSyntax();
    try (var in =
        new BoundedInput(new ByteArrayInputStream(bytes), syntax, MAX_ITEMS, 2L * MAX_BYTES)) {
      return in.readDataset(-1, -1);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The toolkit reports what it cannot parse with unchecked exceptions of its own.
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, "expected a data set, found bytes that do not parse", e);
    }
  }
}

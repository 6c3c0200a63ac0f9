package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** A data set read whole, pixel data included. */
final class ObjectContent {
  private static final int BUFFER = 1 << 16;

  private ObjectContent() {}

  /**
   * @throws StudyRefused MALFORMED_INSTANCE if it is no DICOM data set
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  static Attributes read(InstanceSource source) {
    WatchedStream watched;
    try {
      watched = new WatchedStream(source.open());
    } catch (IOException e) {
      throw InstanceStream.unavailable(e);
    }
    try (DicomInputStream in =
        new BoundedInput(
            new BufferedInputStream(watched, BUFFER), BoundedInput.MOST_ITEMS, Long.MAX_VALUE)) {
      return in.readDataset(-1, -1);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      watched.closeQuietly();
      throw watched.failed() ? InstanceStream.unavailable(e) : malformed(e);
    }
  }

  private static StudyRefused malformed(Throwable cause) {
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE, "expected a DICOM data set, found other bytes", cause);
  }
}

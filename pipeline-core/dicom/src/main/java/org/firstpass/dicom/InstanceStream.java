package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;

/**
 * One instance opened and read up to its pixel data.
 *
 * <p>A preamble and file meta information may be absent. What is wrong with the bytes is
 * MALFORMED_INSTANCE, what is wrong with the place they come from is STORE_UNAVAILABLE.
 *
 * @see "PS3.10 section 7"
 */
final class InstanceStream implements AutoCloseable {
  /** Values longer than this are passed over in a header: nothing that is read is near it. */
  private static final int MAX_VALUE_BYTES = 1 << 20;

  /** Few headers are longer; pixels are read past it. */
  private static final int BUFFER_BYTES = 1 << 13;

  private final WatchedStream watched;
  private final DicomInputStream data;
  private final Attributes header;

  private InstanceStream(WatchedStream watched, DicomInputStream data, Attributes header) {
    this.watched = watched;
    this.data = data;
    this.header = header;
  }

  static InstanceStream open(InstanceSource source) {
    WatchedStream watched;
    try {
      watched = new WatchedStream(source.open());
    } catch (IOException e) {
      throw unavailable(e);
    }
    try {
      DicomInputStream data = new BoundedInput(new BufferedInputStream(watched, BUFFER_BYTES));
      data.setIncludeBulkData(DicomInputStream.IncludeBulkData.NO);
      data.setBulkDataDescriptor(
          (path, creator, tag, vr, length) -> vr != VR.SQ && length > MAX_VALUE_BYTES);
      return new InstanceStream(watched, data, data.readDataset(-1, Tag.PixelData));
    } catch (FirstpassFailure e) {
      watched.closeQuietly();
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      watched.closeQuietly();
      throw watched.failed()
          ? unavailable(e)
          : new StudyRefused(
              ReasonCode.MALFORMED_INSTANCE,
              "an instance is not a DICOM data set or ends within its header",
              e);
    }
  }

  /** Every attribute before the pixel data. */
  Attributes header() {
    return header;
  }

  /** The stream, at the first byte of the pixel data if there is any. */
  DicomInputStream data() {
    return data;
  }

  boolean hasPixelData() {
    return data.tag() == Tag.PixelData;
  }

  /** Whether a failure came from where the bytes lie and not from the bytes. */
  boolean sourceFailed() {
    return watched.failed();
  }

  static TryAgainLater unavailable(Throwable cause) {
    return new TryAgainLater(
        ReasonCode.STORE_UNAVAILABLE, "an instance cannot be read from where it is stored", cause);
  }

  @Override
  public void close() {
    watched.closeQuietly();
  }
}

package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.dicom.conformance.CheckedObject;
import org.firstpass.dicom.conformance.ObjectFinding;
import org.firstpass.dicom.conformance.ObjectRules;
import org.firstpass.dicom.conformance.StoredPixels;

/**
 * Checks an object against the standard before it leaves: the module tables of its SOP class, and
 * the rules that go across attributes.
 *
 * <p>It knows the objects that Firstpass writes. Pixel data is counted and not kept.
 *
 * @see "PS3.3 A.19, A.35.4, A.35.13, A.51, A.75"
 */
public final class ObjectChecker {
  private static final int BUFFER = 1 << 16;
  private static final int UNDEFINED_LENGTH = -1;
  private static final int ITEM_HEADER = 8;

  private ObjectChecker() {}

  /**
   * What is wrong with an object, in the order of the rules; nothing if it is sound. At most 200
   * findings, of which none quotes a value of the object.
   *
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static List<ObjectFinding> check(InstanceSource source) {
    try (SourceStream bytes = new SourceStream(source);
        DicomInputStream in = new BoundedInput(new BufferedInputStream(bytes, BUFFER))) {
      Attributes meta = in.readFileMetaInformation();
      if (meta == null) {
        return List.of(ObjectRules.unreadable("no File Meta Information"));
      }
      in.setIncludeBulkData(DicomInputStream.IncludeBulkData.YES);
      Attributes dataset = in.readDataset(-1, Tag.PixelData);
      return ObjectRules.check(
          new CheckedObject(meta, dataset, in.getTransferSyntax(), pixels(in)));
    } catch (SourceStream.SourceUnavailable e) {
      throw e.tryAgain();
    } catch (IOException | RuntimeException e) {
      // The toolkit reports what it cannot parse with unchecked exceptions of its own.
      return List.of(ObjectRules.unreadable("bytes that do not parse"));
    } catch (StackOverflowError e) {
      return List.of(ObjectRules.unreadable("sequences nested without end"));
    }
  }

  private static StoredPixels pixels(DicomInputStream in) throws IOException {
    if (in.tag() != Tag.PixelData) {
      return StoredPixels.NONE;
    }
    if (in.length() == UNDEFINED_LENGTH) {
      return new StoredPixels(true, true, 0, 0, fragments(in));
    }
    long stated = Integer.toUnsignedLong(in.length());
    return new StoredPixels(true, false, stated, skip(in, stated), 0);
  }

  private static long skip(DicomInputStream in, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long read = 0;
    while (read < length) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - read));
      if (count < 0) {
        return read;
      }
      read += count;
    }
    return read;
  }

  private static int fragments(DicomInputStream in) throws IOException {
    byte[] header = new byte[ITEM_HEADER];
    int items = 0;
    while (true) {
      in.readFully(header);
      int tag = little(header, 0) << Short.SIZE | little(header, 2);
      long length = little(header, 4) | (long) little(header, 6) << Short.SIZE;
      if (tag == Tag.SequenceDelimitationItem) {
        // The first item is the offset table.
        return items - 1;
      }
      if (tag != Tag.Item || skip(in, length) < length) {
        throw new EOFException("pixel data ends amid a fragment");
      }
      items++;
    }
  }

  private static int little(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << Byte.SIZE;
  }
}

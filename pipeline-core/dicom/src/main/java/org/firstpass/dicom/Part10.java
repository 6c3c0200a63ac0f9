package org.firstpass.dicom;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * Preamble and File Meta Information, always the same bytes for the same UIDs: no AE title, no
 * time.
 *
 * @see "PS3.10 section 7.1"
 */
public final class Part10 {
  static final int PREAMBLE = 132;

  private static final int BUFFER = 1 << 16;

  private Part10() {}

  /** Writes a whole data set, Explicit VR Little Endian, and leaves the stream open. */
  static void write(Attributes dataset, OutputStream target) {
    try {
      var buffered = new BufferedOutputStream(target, BUFFER);
      buffered.write(headerOf(dataset));
      // Not closed: that would close the caller's stream.
      @SuppressWarnings("resource")
      var out = new DicomOutputStream(buffered, UID.ExplicitVRLittleEndian);
      out.writeDataset(null, dataset);
      buffered.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("an object cannot be written", e);
    }
  }

  /** The header of a data set in Explicit VR Little Endian. */
  static byte[] headerOf(Attributes dataset) {
    return header(
        new SopClassUid(dataset.getString(Tag.SOPClassUID)),
        new SopInstanceUid(dataset.getString(Tag.SOPInstanceUID)),
        new TransferSyntaxUid(UID.ExplicitVRLittleEndian));
  }

  /** Preamble and File Meta Information of an instance. */
  public static byte[] header(
      SopClassUid sopClass, SopInstanceUid instance, TransferSyntaxUid transferSyntax) {
    var group = new ByteArrayOutputStream(256);
    group.writeBytes(element(0x0001, "OB", new byte[] {0, 1}));
    group.writeBytes(element(0x0002, "UI", uid(sopClass.value())));
    group.writeBytes(element(0x0003, "UI", uid(instance.value())));
    group.writeBytes(element(0x0010, "UI", uid(transferSyntax.value())));
    group.writeBytes(element(0x0012, "UI", uid(OwnEquipment.IMPLEMENTATION_CLASS_UID)));
    group.writeBytes(element(0x0013, "SH", text(OwnEquipment.IMPLEMENTATION_VERSION_NAME, ' ')));
    byte[] length =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(group.size()).array();
    var header = new ByteArrayOutputStream(PREAMBLE + 16 + group.size());
    header.writeBytes(new byte[128]);
    header.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    header.writeBytes(element(0x0000, "UL", length));
    header.writeBytes(group.toByteArray());
    return header.toByteArray();
  }

  private static byte[] uid(String value) {
    return text(value, '\0');
  }

  private static byte[] text(String value, char padding) {
    String padded = value.length() % 2 == 0 ? value : value + padding;
    return padded.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] element(int number, String vr, byte[] value) {
    boolean longForm = vr.equals("OB");
    ByteBuffer buffer = ByteBuffer.allocate((longForm ? 12 : 8) + value.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x0002).putShort((short) number);
    buffer.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (longForm) {
      buffer.putShort((short) 0).putInt(value.length);
    } else {
      buffer.putShort((short) value.length);
    }
    return buffer.put(value).array();
  }
}

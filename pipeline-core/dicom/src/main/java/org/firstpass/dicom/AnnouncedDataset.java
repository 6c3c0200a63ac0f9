package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A data set whose first bytes are looked at before it is passed on: is it what was announced?
 *
 * <p>If the first bytes do not show it (a deflated data set, say), who receives it finds out.
 */
final class AnnouncedDataset {
  /** SOP Class and Instance UID are among the first attributes of every data set. */
  private static final int LOOK_AHEAD = 2048;

  private static final int SOP_CLASS = 0x0008_0016;
  private static final int SOP_INSTANCE = 0x0008_0018;
  private static final Set<String> LONG_FORM =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private final byte[] first;
  private final InputStream rest;
  private final String transferSyntax;

  AnnouncedDataset(InputStream data, TransferSyntaxUid transferSyntax) throws IOException {
    this.first = data.readNBytes(LOOK_AHEAD);
    this.rest = data;
    this.transferSyntax = transferSyntax.value();
  }

  /** The whole data set. */
  InputStream bytes() {
    return new SequenceInputStream(new ByteArrayInputStream(first), rest);
  }

  boolean matches(SopClassUid sopClass, SopInstanceUid instance) {
    return transferSyntax.equals(UID.DeflatedExplicitVRLittleEndian)
        || value(SOP_CLASS).orElse(sopClass.value()).equals(sopClass.value())
            && value(SOP_INSTANCE).orElse(instance.value()).equals(instance.value());
  }

  private Optional<String> value(int wanted) {
    ByteBuffer data =
        ByteBuffer.wrap(first)
            .order(
                transferSyntax.equals(UID.ExplicitVRBigEndian)
                    ? ByteOrder.BIG_ENDIAN
                    : ByteOrder.LITTLE_ENDIAN);
    while (data.remaining() >= 12) {
      int tag = data.getShort() << 16 | Short.toUnsignedInt(data.getShort());
      int length = length(data);
      if (Integer.compareUnsigned(tag, wanted) > 0 || length < 0 || length > data.remaining()) {
        return Optional.empty();
      }
      if (tag == wanted) {
        return Optional.of(text(data, length));
      }
      data.position(data.position() + length);
    }
    return Optional.empty();
  }

  private int length(ByteBuffer data) {
    if (transferSyntax.equals(UID.ImplicitVRLittleEndian)) {
      return data.getInt();
    }
    String vr = text(data, 2);
    int shortLength = Short.toUnsignedInt(data.getShort());
    return LONG_FORM.contains(vr) ? data.getInt() : shortLength;
  }

  private static String text(ByteBuffer data, int length) {
    byte[] bytes = new byte[length];
    data.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "").strip();
  }
}

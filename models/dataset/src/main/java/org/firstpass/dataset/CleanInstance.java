package org.firstpass.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * Copies a stored instance without anything that is not on the {@link AllowList}, in bounded
 * memory. Compressed pixel data stays as it is; the rest becomes Explicit VR Little Endian.
 */
final class CleanInstance {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String ENCAPSULATED = "1.2.840.10008.1.2.4.";
  private static final String RUN_LENGTH = "1.2.840.10008.1.2.5";
  private static final int PIXEL_DATA = 0x7fe0_0010;
  private static final int ITEM = 0xfffe_e000;
  private static final int SEQUENCE_DELIMITER = 0xfffe_e0dd;

  private final OutputStream out;
  private final ElementWriter writer;
  private final NavigableMap<Integer, Stated> stated;

  private record Stated(Vr vr, String value) {}

  private CleanInstance(OutputStream out, PatientKey patient) {
    this.out = out;
    this.writer = new ElementWriter(out);
    this.stated = stated(patient);
  }

  /**
   * Writes the copy as a file and leaves the stream open.
   *
   * @throws StudyRefused MALFORMED_INSTANCE
   */
  static void write(InstanceSource source, PatientKey patient, OutputStream out) {
    StoredDataSet.with(
        source,
        stored -> {
          String syntax = stored.transferSyntax();
          boolean compressed = syntax.startsWith(ENCAPSULATED) || syntax.equals(RUN_LENGTH);
          out.write(
              Part10.header(
                  new SopClassUid(stored.sopClass().orElseThrow(CleanInstance::nameless)),
                  new SopInstanceUid(stored.sopInstance().orElseThrow(CleanInstance::nameless)),
                  new TransferSyntaxUid(compressed ? syntax : EXPLICIT)));
          new CleanInstance(out, patient).copy(stored.elements());
          return Boolean.TRUE;
        });
  }

  private static StudyRefused nameless() {
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE, "the File Meta Information names no SOP class or instance");
  }

  /** What stands in every copy, whatever the source says: the types 2, and what was done. */
  private static NavigableMap<Integer, Stated> stated(PatientKey patient) {
    var stated = new TreeMap<Integer, Stated>(Integer::compareUnsigned);
    stated.put(0x0008_0020, new Stated(Vr.DA, ""));
    stated.put(0x0008_0030, new Stated(Vr.TM, ""));
    stated.put(0x0008_0050, new Stated(Vr.SH, ""));
    stated.put(0x0008_0090, new Stated(Vr.PN, ""));
    stated.put(0x0010_0010, new Stated(Vr.PN, patient.value()));
    stated.put(0x0010_0020, new Stated(Vr.LO, patient.value()));
    stated.put(0x0010_0030, new Stated(Vr.DA, ""));
    stated.put(0x0010_0040, new Stated(Vr.CS, ""));
    stated.put(0x0012_0062, new Stated(Vr.CS, "YES"));
    stated.put(0x0012_0063, new Stated(Vr.LO, "Firstpass allow list 1; UIDs and pixels kept"));
    stated.put(0x0020_0010, new Stated(Vr.SH, ""));
    return stated;
  }

  private void copy(ElementReader in) throws IOException {
    for (Token token = in.next(); token != Token.END; token = in.next()) {
      int tag = in.tag();
      boolean wanted =
          AllowList.has(tag, in.vr()) && !stated.containsKey(tag) && (tag & 0xffff) != 0;
      switch (token) {
        case ELEMENT -> {
          if (wanted) {
            element(in);
          }
        }
        case SEQUENCE -> {
          if (wanted) {
            stateUpTo(tag);
            writer.beginSequence(tag);
            items(in);
            writer.endSequence();
          } else {
            passOver(in);
          }
        }
        case FRAGMENTS -> {
          stateUpTo(tag);
          fragments(in);
        }
        case ITEM, ITEM_END, SEQUENCE_END, END -> throw new IllegalStateException("" + token);
      }
    }
    stateUpTo(-1);
  }

  private void element(ElementReader in) throws IOException {
    stateUpTo(in.tag());
    plain(in);
  }

  private void plain(ElementReader in) throws IOException {
    if (in.tag() == PIXEL_DATA && !in.bigEndian()) {
      writer.element(in.tag(), pixelVr(in.vr()), in.stream(), in.length());
    } else {
      writer.element(in.tag(), in.vr(), in.value());
    }
  }

  // Implicit VR says OW of all pixel data; anything else that is no binary VR is malformed.
  private static Vr pixelVr(Vr vr) {
    return vr == Vr.OB ? Vr.OB : Vr.OW;
  }

  private void items(ElementReader in) throws IOException {
    for (Token token = in.next(); token != Token.SEQUENCE_END; token = in.next()) {
      switch (token) {
        case ITEM -> writer.beginItem();
        case ITEM_END -> writer.endItem();
        case ELEMENT -> {
          if (AllowList.has(in.tag(), in.vr()) && (in.tag() & 0xffff) != 0) {
            plain(in);
          }
        }
        case SEQUENCE -> {
          if (AllowList.has(in.tag(), in.vr())) {
            writer.beginSequence(in.tag());
            items(in);
            writer.endSequence();
          } else {
            passOver(in);
          }
        }
        case FRAGMENTS, SEQUENCE_END, END -> throw new IllegalStateException("" + token);
      }
    }
  }

  private static void passOver(ElementReader in) throws IOException {
    int depth = in.depth();
    while (in.next() != Token.SEQUENCE_END || in.depth() >= depth) {
      // What is not wanted is not looked at.
    }
  }

  private void fragments(ElementReader in) throws IOException {
    little(PIXEL_DATA >>> 16, PIXEL_DATA & 0xffff);
    out.write(new byte[] {'O', 'B', 0, 0, -1, -1, -1, -1});
    Optional<InputStream> fragment = in.nextFragment();
    while (fragment.isPresent()) {
      byte[] bytes = fragment.get().readAllBytes();
      little(ITEM >>> 16, ITEM & 0xffff);
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
      out.write(bytes);
      fragment = in.nextFragment();
    }
    little(SEQUENCE_DELIMITER >>> 16, SEQUENCE_DELIMITER & 0xffff);
    out.write(new byte[4]);
  }

  private void little(int group, int element) throws IOException {
    out.write(
        new byte[] {(byte) group, (byte) (group >> 8), (byte) element, (byte) (element >> 8)});
  }

  /** Elements are in the order of their tags, so those that are stated come in between. */
  private void stateUpTo(int tag) throws IOException {
    while (!stated.isEmpty() && Integer.compareUnsigned(stated.firstKey(), tag) < 0) {
      Map.Entry<Integer, Stated> next = stated.pollFirstEntry();
      writer.element(
          next.getKey(),
          next.getValue().vr(),
          next.getValue().value().getBytes(StandardCharsets.US_ASCII));
    }
  }
}

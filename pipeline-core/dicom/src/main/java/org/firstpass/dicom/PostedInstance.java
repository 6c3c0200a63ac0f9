package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.dataset.DataSetSyntax;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A DICOM file that comes as a stream, as the instance that it would be if it came by an
 * association.
 *
 * @param reference its study and series; none if they are not among the first megabyte, or
 *     malformed
 * @see "PS3.18 section 10.5"
 */
public record PostedInstance(IncomingInstance incoming, Optional<StudyReference> reference) {
  private static final int LOOK_AHEAD = 1 << 20;
  private static final int READ_AHEAD = 1 << 17;
  private static final int LONGEST_UID = 64;
  private static final int SOP_CLASS = 0x0008_0016;
  private static final int SOP_INSTANCE = 0x0008_0018;
  private static final int STUDY = 0x0020_000d;
  private static final int SERIES = 0x0020_000e;
  private static final Set<Integer> WANTED = Set.of(SOP_CLASS, SOP_INSTANCE, STUDY, SERIES);

  /** What an instance is. */
  public record Announced(SopClassUid sopClass, SopInstanceUid instance) {}

  /**
   * Reads the File Meta Information, and looks ahead for what the data set says of itself, which
   * counts where the two differ.
   *
   * @param part10 is read on by who receives the instance
   * @throws StudyRefused MALFORMED_INSTANCE, NOT_AN_IMAGE if its SOP class is none of storage,
   *     UNSUPPORTED_TRANSFER_SYNTAX
   */
  public static PostedInstance of(StoredDataSet part10) throws IOException {
    String syntax = part10.transferSyntax();
    DicomUids.requireShape("Transfer Syntax UID (0002,0010)", syntax);
    if (!TransferSyntaxes.isStorable(syntax)) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX, "transfer syntax " + syntax + " is not stored");
    }
    Map<Integer, String> uids = lookAhead(part10.bytes(), syntax);
    Announced announced =
        announced(
            uids.getOrDefault(SOP_CLASS, part10.sopClass().orElse("")),
            uids.getOrDefault(SOP_INSTANCE, part10.sopInstance().orElse("")));
    if (!SopClasses.isStorage(announced.sopClass().value())) {
      throw new StudyRefused(
          ReasonCode.NOT_AN_IMAGE, "expected a storage SOP class, found " + announced.sopClass());
    }
    var transferSyntax = new TransferSyntaxUid(syntax);
    byte[] header = Part10.header(announced.sopClass(), announced.instance(), transferSyntax);
    InputStream file = new SequenceInputStream(new ByteArrayInputStream(header), part10.bytes());
    return new PostedInstance(
        new IncomingInstance(
            Sender.UNKNOWN, "", announced.sopClass(), announced.instance(), transferSyntax, file),
        reference(uids));
  }

  /**
   * What the File Meta Information names.
   *
   * @throws StudyRefused MALFORMED_INSTANCE
   */
  public static Announced announced(StoredDataSet part10) {
    return announced(part10.sopClass().orElse(""), part10.sopInstance().orElse(""));
  }

  public Announced announced() {
    return new Announced(incoming.sopClass(), incoming.instance());
  }

  /**
   * An instance by its UIDs.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if they are none
   */
  public static Announced announced(String sopClass, String instance) {
    DicomUids.requireShape("SOP Class UID", sopClass);
    DicomUids.requireShape("SOP Instance UID", instance);
    return new Announced(new SopClassUid(sopClass), new SopInstanceUid(instance));
  }

  private static Map<Integer, String> lookAhead(InputStream bytes, String syntax)
      throws IOException {
    bytes.mark(LOOK_AHEAD + READ_AHEAD);
    Map<Integer, String> uids = new HashMap<>();
    try {
      readUids(new ElementReader(bytes, DataSetSyntax.of(syntax)), uids);
    } catch (StudyRefused e) {
      // Who receives the instance finds out what is wrong with it.
      return uids;
    } finally {
      bytes.reset();
    }
    return uids;
  }

  private static void readUids(ElementReader in, Map<Integer, String> uids) throws IOException {
    Token token = in.next();
    while (token != Token.END
        && (in.depth() > 0 || Integer.compareUnsigned(in.tag(), SERIES) <= 0)) {
      if (in.position() + Math.max(0, in.length()) > LOOK_AHEAD) {
        return;
      }
      boolean wanted = WANTED.contains(in.tag()) && in.length() <= LONGEST_UID;
      if (in.depth() == 0 && token == Token.ELEMENT && wanted) {
        String uid = new String(in.value(), StandardCharsets.US_ASCII);
        uids.put(in.tag(), uid.replace("\0", "").strip());
      }
      token = in.next();
    }
  }

  private static Optional<StudyReference> reference(Map<Integer, String> uids) {
    String study = uids.getOrDefault(STUDY, "");
    String series = uids.getOrDefault(SERIES, "");
    return DicomUids.hasShape(study) && DicomUids.hasShape(series)
        ? Optional.of(
            new StudyReference(new StudyInstanceUid(study), new SeriesInstanceUid(series)))
        : Optional.empty();
  }
}

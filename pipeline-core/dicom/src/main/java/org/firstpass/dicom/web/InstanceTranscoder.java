package org.firstpass.dicom.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.dicom.pixel.FrameCells;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.TransferSyntaxUid;

/**
 * An instance in Explicit VR Little Endian, whatever it is stored in.
 *
 * <p>Values stay as they are. Compressed frames are decoded one by one; colour ones become RGB,
 * except run lengths, which keep their colour space. The header says so.
 *
 * @see "PS3.5 annex A"
 */
public final class InstanceTranscoder {
  public static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

  private static final long LONGEST_HELD = (1 << 16) - 2;

  private final Optional<ImageHeader> image;
  private final Optional<PixelData> compressed;

  /** After a first look at the instance. */
  private InstanceTranscoder(Optional<ImageHeader> image) {
    this.image = image;
    this.compressed = image.filter(ImageHeader::encapsulated).map(ImageHeader::pixelData);
  }

  /** Whether instances of this transfer syntax can be decoded, as far as that alone says. */
  public static boolean decodes(String transferSyntax) {
    return Encoding.of(transferSyntax).isPresent();
  }

  /**
   * Writes the instance as a DICOM file. What cannot be decoded is refused before anything is
   * written, unless only a later frame shows it.
   *
   * @throws StudyRefused MALFORMED_INSTANCE, UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_PIXEL_FORMAT,
   *     DAMAGED_PIXEL_DATA or TOO_LARGE
   */
  public static void write(InstanceSource instance, OutputStream target) {
    var transcoder =
        new InstanceTranscoder(StoredDataSet.with(instance, InstanceTranscoder::image));
    StoredDataSet.with(
        instance,
        stored -> {
          var out = new BufferedOutputStream(target, 1 << 16);
          transcoder.copy(stored, out);
          out.flush();
          return true;
        });
  }

  private static Optional<ImageHeader> image(StoredDataSet stored) throws IOException {
    try {
      return Optional.of(ImageHeader.read(stored));
    } catch (StudyRefused e) {
      if (e.code() == ReasonCode.NO_PIXEL_DATA) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void copy(StoredDataSet stored, OutputStream out) throws IOException {
    if (!decodes(stored.transferSyntax()) && image.isPresent()) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          "this build does not decode transfer syntax " + stored.transferSyntax());
    }
    // The data set counts, should the File Meta Information say otherwise.
    PostedInstance posted = PostedInstance.of(stored);
    PostedInstance.Announced announced = posted.announced();
    out.write(
        Part10.header(
            announced.sopClass(),
            announced.instance(),
            new TransferSyntaxUid(EXPLICIT_LITTLE_ENDIAN)));
    ElementReader in = stored.elements();
    var writer = new ElementWriter(out);
    Token token = in.next();
    while (token != Token.END) {
      switch (token) {
        case ELEMENT -> element(in, writer);
        case SEQUENCE -> writer.beginSequence(in.tag());
        case ITEM -> writer.beginItem();
        case ITEM_END -> writer.endItem();
        case SEQUENCE_END -> writer.endSequence();
        case FRAGMENTS -> frames(in, writer);
        case END -> throw new IllegalStateException("the end was met");
      }
      token = in.next();
    }
  }

  private void element(ElementReader in, ElementWriter writer) throws IOException {
    int tag = in.tag();
    Vr vr = in.vr();
    // Group lengths are retired, and not true any more.
    if ((tag & 0xffff) == 0) {
      return;
    }
    if (ImageHeader.isPixelData(tag) && in.depth() == 0) {
      ImageHeader own = image.orElseThrow().at(in);
      writer.element(tag, vr, own.littleEndian(), in.length());
    } else if (in.length() > LONGEST_HELD) {
      // Implicit elements may be longer than the explicit form of their VR allows.
      Vr written = vr.longForm() ? vr : Vr.UN;
      writer.element(tag, written, BulkData.littleEndian(in, vr.unit()), in.length());
    } else {
      writer.element(tag, vr, changed(tag, vr, in));
    }
  }

  private byte[] changed(int tag, Vr vr, ElementReader in) throws IOException {
    byte[] value = in.value();
    boolean colour =
        in.depth() == 0
            && compressed.isPresent()
            && compressed.orElseThrow().format().photometric().isColour();
    if (colour && tag == Tag.PlanarConfiguration && vr == Vr.US) {
      return new byte[] {0, 0};
    }
    boolean decodedToRgb = colour && compressed.orElseThrow().encoding() != Encoding.RUN_LENGTH;
    if (decodedToRgb && tag == Tag.PhotometricInterpretation) {
      return new byte[] {'R', 'G', 'B', ' '};
    }
    return value;
  }

  private void frames(ElementReader in, ElementWriter writer) throws IOException {
    if (in.depth() > 0) {
      // An icon: its codestreams are not decoded, and fragments have no place in this syntax.
      writer.element(in.tag(), Vr.OB, new byte[0]);
      return;
    }
    PixelData data = compressed.orElseThrow();
    ImageHeader own = image.orElseThrow().at(in);
    long length = own.frameBits() / Byte.SIZE * data.frames();
    boolean words = data.format().sample().bitsAllocated() > Byte.SIZE;
    OutputStream out = writer.begin(in.tag(), words ? Vr.OW : Vr.OB, length);
    StoredFrames frames = StoredFrames.of(own);
    Optional<byte[]> frame = frames.next();
    while (frame.isPresent()) {
      out.write(FrameCells.decode(data, frame.orElseThrow()));
      frame = frames.next();
    }
    writer.end(length);
  }
}

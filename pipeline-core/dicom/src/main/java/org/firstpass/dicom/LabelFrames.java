package org.firstpass.dicom;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SopClassUid;
import org.firstpass.volume.LabelMap;

/**
 * Frames of label values, as wide as the schema's highest number needs.
 *
 * @see "PS3.3 C.8.20.2.3"
 */
final class LabelFrames implements FramePixels {
  private static final int MAX_BYTE = 255;

  private final LabelMap labels;
  private final SegmentFrames frames;
  private final int bytesPerPixel;

  LabelFrames(LabelMap labels, LabelSchema schema) {
    List<Segment> segments = SegmentFrames.inOrder(schema);
    this.labels = labels;
    this.bytesPerPixel = segments.get(segments.size() - 1).number() > MAX_BYTE ? 2 : 1;
    int slices = labels.geometry().size().slices();
    boolean[] present = new boolean[slices];
    boolean[] known = known(segments);
    IntStream.range(0, slices).parallel().forEach(slice -> present[slice] = scan(slice, known));
    this.frames = SegmentFrames.ofAllSegments(segments, slices, slice -> present[slice]);
  }

  @Override
  public SegmentFrames frames() {
    return frames;
  }

  @Override
  public FrameFormat format() {
    return new FrameFormat(
        new SopClassUid(SopClasses.LABEL_MAP_SEGMENTATION),
        UID.ExplicitVRLittleEndian,
        FrameFormat.SegmentationKind.LABELMAP,
        bytesPerPixel * Byte.SIZE,
        SegmentsOverlap.NO);
  }

  @Override
  public long length() {
    return (long) frames.frames().size() * frameLength();
  }

  @Override
  public void writeTo(DicomOutputStream out) throws IOException {
    int length = (int) length();
    out.writeHeader(Tag.PixelData, bytesPerPixel == 1 ? VR.OB : VR.OW, length + (length & 1));
    for (SegmentFrames.Frame frame : frames.frames()) {
      out.write(pixels(frame), 0, frameLength());
    }
    if ((length & 1) != 0) {
      out.write(0);
    }
  }

  int bytesPerPixel() {
    return bytesPerPixel;
  }

  int columns() {
    return labels.geometry().size().columns();
  }

  /** The values of a frame, row by row, least significant byte first. */
  byte[] pixels(SegmentFrames.Frame frame) {
    byte[] pixels = new byte[frameLength()];
    int count = labels.geometry().size().voxelsPerSlice();
    int from = frame.slice() * count;
    int at = from;
    while (at < from + count) {
      int label = labels.labelAt(at);
      int after = labels.endOfRun(at, from + count);
      if (label != 0) {
        mark(pixels, at - from, after - from, label);
      }
      at = after;
    }
    return pixels;
  }

  private void mark(byte[] pixels, int from, int to, int label) {
    if (bytesPerPixel == 1) {
      Arrays.fill(pixels, from, to, (byte) label);
      return;
    }
    for (int i = from; i < to; i++) {
      pixels[2 * i] = (byte) label;
      pixels[2 * i + 1] = (byte) (label >> Byte.SIZE);
    }
  }

  private int frameLength() {
    return Math.multiplyExact(labels.geometry().size().voxelsPerSlice(), bytesPerPixel);
  }

  private boolean scan(int slice, boolean[] known) {
    int count = labels.geometry().size().voxelsPerSlice();
    int from = slice * count;
    boolean present = false;
    int at = from;
    while (at < from + count) {
      int label = labels.labelAt(at);
      if (label != 0) {
        if (!known[label]) {
          throw unknown(label);
        }
        present = true;
      }
      at = labels.endOfRun(at, from + count);
    }
    return present;
  }

  private static boolean[] known(List<Segment> segments) {
    boolean[] known = new boolean[1 << Short.SIZE];
    segments.forEach(segment -> known[segment.number()] = true);
    return known;
  }

  static Defect unknown(int label) {
    return new Defect(
        ReasonCode.UNEXPECTED,
        "the label map has label " + label + ", which its label schema has not");
  }
}

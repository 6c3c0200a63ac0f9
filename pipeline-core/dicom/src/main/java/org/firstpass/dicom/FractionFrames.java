package org.firstpass.dicom;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.Segment;
import org.firstpass.study.SopClassUid;

/**
 * Frames of probabilities, a byte per pixel.
 *
 * @see "PS3.3 C.8.20.2.3"
 */
final class FractionFrames implements FramePixels {
  /** Maximum Fractional Value (0062,000E). */
  static final int CERTAIN = 255;

  private final SegmentProbabilities probabilities;
  private final SegmentFrames frames;
  private final SegmentsOverlap overlap;

  private FractionFrames(
      SegmentProbabilities probabilities, SegmentFrames frames, SegmentsOverlap overlap) {
    this.probabilities = probabilities;
    this.frames = frames;
    this.overlap = overlap;
  }

  static FractionFrames of(SegmentProbabilities probabilities, List<Segment> segments) {
    GridSize size = probabilities.geometry().size();
    BitSet present = new BitSet();
    boolean overlap = false;
    byte[] values = new byte[size.voxelsPerSlice()];
    for (int slice = 0; slice < size.slices(); slice++) {
      BitSet possible = new BitSet(values.length);
      for (int segment = 0; segment < segments.size(); segment++) {
        probabilities.read(segments.get(segment).number(), slice, values);
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
          if (values[i] != 0) {
            any = true;
            overlap |= possible.get(i);
            possible.set(i);
          }
        }
        present.set(segment * size.slices() + slice, any);
      }
    }
    return new FractionFrames(
        probabilities,
        SegmentFrames.perSegment(
            segments,
            size.slices(),
            (segment, slice) -> present.get(segment * size.slices() + slice)),
        SegmentsOverlap.of(overlap));
  }

  @Override
  public SegmentFrames frames() {
    return frames;
  }

  @Override
  public FrameFormat format() {
    return new FrameFormat(
        new SopClassUid(SopClasses.SEGMENTATION),
        UID.ExplicitVRLittleEndian,
        FrameFormat.SegmentationKind.FRACTIONAL,
        Byte.SIZE,
        overlap);
  }

  @Override
  public long length() {
    return (long) frames.frames().size() * probabilities.geometry().size().voxelsPerSlice();
  }

  @Override
  public void writeTo(DicomOutputStream out) throws IOException {
    int length = (int) length();
    out.writeHeader(Tag.PixelData, VR.OB, length + (length & 1));
    byte[] values = new byte[probabilities.geometry().size().voxelsPerSlice()];
    for (SegmentFrames.Frame frame : frames.frames()) {
      Segment segment = frames.segments().get(frame.segment());
      probabilities.read(segment.number(), frame.slice(), values);
      out.write(values, 0, values.length);
    }
    if ((length & 1) != 0) {
      out.write(0);
    }
  }
}

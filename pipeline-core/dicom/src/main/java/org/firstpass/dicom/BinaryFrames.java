package org.firstpass.dicom;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.Segment;
import org.firstpass.study.SopClassUid;

/**
 * Frames of single bits without a gap.
 *
 * @see "PS3.5 section 8.1.1"
 */
final class BinaryFrames implements FramePixels {
  private final SegmentFrames frames;
  private final SegmentBits bits;
  private final GridSize size;
  private final SegmentsOverlap overlap;

  BinaryFrames(List<Segment> segments, SegmentBits bits, GridSize size, SegmentsOverlap overlap) {
    this.frames = SegmentFrames.perSegment(segments, size.slices(), bits);
    this.bits = bits;
    this.size = size;
    this.overlap = overlap;
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
        FrameFormat.SegmentationKind.BINARY,
        1,
        overlap);
  }

  @Override
  public long length() {
    return ((long) frames.frames().size() * size.voxelsPerSlice() + 7) / 8;
  }

  @Override
  public void writeTo(DicomOutputStream out) throws IOException {
    int length = (int) length();
    out.writeHeader(Tag.PixelData, VR.OB, length + (length & 1));
    var output = new BitOutput(out);
    byte[] frameBits = new byte[(size.voxelsPerSlice() + 7) / 8];
    for (SegmentFrames.Frame frame : frames.frames()) {
      Arrays.fill(frameBits, (byte) 0);
      bits.pack(frame.segment(), frame.slice(), frameBits);
      output.write(frameBits, size.voxelsPerSlice());
    }
    output.flush();
    if ((length & 1) != 0) {
      out.write(0);
    }
  }
}

package org.firstpass.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/** The frames of a BINARY object: one per segment and slice that has voxels, segment by segment. */
final class SegmentFrames {
  private final List<Segment> segments;
  private final LabelRuns runs;
  private final GridSize size;
  private final List<Frame> frames = new ArrayList<>();
  private final BitSet slices = new BitSet();

  SegmentFrames(LabelMap labels, LabelSchema schema) {
    this.segments =
        schema.segments().stream().sorted(Comparator.comparingInt(Segment::number)).toList();
    this.runs = LabelRuns.of(labels, segments);
    this.size = labels.geometry().size();
    for (int segment = 0; segment < segments.size(); segment++) {
      for (int slice = 0; slice < size.slices(); slice++) {
        if (runs.isPresent(segment, slice)) {
          add(segment, slice);
        }
      }
    }
    if (frames.isEmpty()) {
      // An object has at least one frame; that nothing was found is a finding, not a failure.
      add(0, 0);
    }
  }

  /** Which segment (by index, in number order) and which slice a frame holds. */
  record Frame(int segment, int slice) {}

  /** In number order, so that Segment Numbers count from 1. */
  List<Segment> segments() {
    return segments;
  }

  List<Frame> frames() {
    return frames;
  }

  /** The ordinal, from 1, of a slice among those that have a frame. */
  int positionIndex(int slice) {
    return slices.get(0, slice + 1).cardinality();
  }

  /** Length in bytes of all frames, without padding to an even length. */
  long packedLength() {
    return ((long) frames.size() * size.voxelsPerSlice() + 7) / 8;
  }

  void writeTo(OutputStream out) throws IOException {
    var bits = new BitOutput(out);
    byte[] frameBits = new byte[(size.voxelsPerSlice() + 7) / 8];
    for (Frame frame : frames) {
      Arrays.fill(frameBits, (byte) 0);
      runs.pack(frame.segment(), frame.slice(), frameBits);
      bits.write(frameBits, size.voxelsPerSlice());
    }
    bits.flush();
  }

  private void add(int segment, int slice) {
    frames.add(new Frame(segment, slice));
    slices.set(slice);
  }
}

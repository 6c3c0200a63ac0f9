package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;

/**
 * Which frames a SEG object has: one per segment and slice that has voxels, segment by segment; or
 * one per slice that has voxels, for all segments.
 */
final class SegmentFrames {
  private static final int ALL = -1;

  private final List<Segment> segments;
  private final boolean perSegment;
  private final List<Frame> frames = new ArrayList<>();
  private final BitSet slices = new BitSet();

  private SegmentFrames(List<Segment> segments, boolean perSegment) {
    this.segments = segments;
    this.perSegment = perSegment;
  }

  /** A frame for each segment (by its index in the list) and slice that has voxels. */
  static SegmentFrames perSegment(List<Segment> segments, int slices, Presence presence) {
    var frames = new SegmentFrames(segments, true);
    for (int segment = 0; segment < segments.size(); segment++) {
      for (int slice = 0; slice < slices; slice++) {
        if (presence.isPresent(segment, slice)) {
          frames.add(segment, slice);
        }
      }
    }
    if (frames.frames.isEmpty()) {
      // An object has at least one frame; that nothing was found is a finding, not a failure.
      frames.add(0, 0);
    }
    return frames;
  }

  /** A frame for each slice that has voxels of any segment. */
  static SegmentFrames ofAllSegments(List<Segment> segments, int slices, IntPredicate presence) {
    var frames = new SegmentFrames(segments, false);
    for (int slice = 0; slice < slices; slice++) {
      if (presence.test(slice)) {
        frames.add(ALL, slice);
      }
    }
    if (frames.frames.isEmpty()) {
      frames.add(ALL, 0);
    }
    return frames;
  }

  /** The segments of a schema in the order of their numbers. */
  static List<Segment> inOrder(LabelSchema schema) {
    return schema.segments().stream().sorted(Comparator.comparingInt(Segment::number)).toList();
  }

  /** Whether a segment has voxels in a slice. */
  @FunctionalInterface
  interface Presence {
    boolean isPresent(int segment, int slice);
  }

  /** Which segment (by its index) and which slice a frame holds. */
  record Frame(int segment, int slice) {}

  /** In the order of their numbers. */
  List<Segment> segments() {
    return segments;
  }

  List<Frame> frames() {
    return frames;
  }

  /** Whether each frame has one segment. */
  boolean perSegment() {
    return perSegment;
  }

  /**
   * The Segment Number that the object gives a segment: counted from 1 where frames refer to it, as
   * the standard wants it, and the schema's where it is the value of pixels.
   */
  int number(int segment) {
    return perSegment ? segment + 1 : segments.get(segment).number();
  }

  /** The ordinal, from 1, of a slice among those that have a frame. */
  int positionIndex(int slice) {
    return slices.get(0, slice + 1).cardinality();
  }

  private void add(int segment, int slice) {
    frames.add(new Frame(segment, slice));
    slices.set(slice);
  }
}

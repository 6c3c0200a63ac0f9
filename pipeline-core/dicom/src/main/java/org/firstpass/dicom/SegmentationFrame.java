package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Vector3;
import org.jspecify.annotations.Nullable;

/**
 * Where a frame of a segmentation lies and whose it is.
 *
 * @param index which frame of the pixel data, from 0
 * @param segment its Referenced Segment Number, 0 in a label map
 * @see "PS3.3 C.7.6.16.2"
 */
record SegmentationFrame(int index, int segment, FramePlace place) {

  /** The functional groups of a frame, its own and those of all frames, and the images. */
  record Groups(
      Attributes own, @Nullable Attributes shared, String frameOfReference, ImagePlanes images) {
    @Nullable Attributes find(int sequence) {
      Attributes found = own.getNestedDataset(sequence);
      return found != null || shared == null ? found : shared.getNestedDataset(sequence);
    }

    /** Whether the frame, or the image on which it was drawn, has a position in patient space. */
    boolean saysPosition() {
      return find(Tag.PlanePositionSequence) != null
          || images.of(own).filter(image -> image.contains(Tag.ImagePositionPatient)).isPresent();
    }

    double[] numbers(int sequence, int tag, int count, int frame) {
      Attributes group = find(sequence);
      double[] values = group == null ? null : group.getDoubles(tag);
      if (values == null || values.length == 0) {
        values = images.of(own).map(image -> image.getDoubles(tag)).orElse(null);
      }
      if (values == null || values.length != count) {
        throw new StudyRefused(
            ReasonCode.NO_PATIENT_GEOMETRY,
            "expected %d values of %s for frame %d, found %d"
                .formatted(
                    count, DicomUids.nameOf(tag), frame + 1, values == null ? 0 : values.length));
      }
      return values;
    }
  }

  static SegmentationFrame of(Groups groups, int index, boolean perSegment) {
    FramePlace place =
        groups.saysPosition()
            ? inPatient(groups, index)
            : groups.images().reference(groups.own()).orElseGet(() -> inPatient(groups, index));
    return new SegmentationFrame(index, perSegment ? segmentNumber(groups, index) : 0, place);
  }

  private static FramePlace inPatient(Groups groups, int index) {
    double[] position =
        groups.numbers(Tag.PlanePositionSequence, Tag.ImagePositionPatient, 3, index);
    double[] axes =
        groups.numbers(Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient, 6, index);
    double[] spacing = groups.numbers(Tag.PixelMeasuresSequence, Tag.PixelSpacing, 2, index);
    // Pixel Spacing is row spacing first.
    return new FramePlace.InPatient(
        groups.frameOfReference(),
        new Vector3(position[0], position[1], position[2]),
        new Vector3(axes[0], axes[1], axes[2]).times(spacing[1]),
        new Vector3(axes[3], axes[4], axes[5]).times(spacing[0]));
  }

  private static int segmentNumber(Groups groups, int index) {
    Attributes group = groups.find(Tag.SegmentIdentificationSequence);
    int number = group == null ? -1 : group.getInt(Tag.ReferencedSegmentNumber, -1);
    if (number < 1) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected a Referenced Segment Number for frame " + (index + 1) + ", found none");
    }
    return number;
  }
}

package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;

/**
 * The shared and per-frame functional groups of a SEG object on its source's grid.
 *
 * @see "PS3.3 C.7.6.16, C.7.6.17"
 */
final class FrameGroups {
  private static final Concept SEGMENTATION = new Concept("113076", "DCM", "Segmentation");

  private final SourcePlanes planes;
  private final SegmentFrames frames;
  private final SegmentationIdentity identity;

  FrameGroups(SourcePlanes planes, SegmentFrames frames, SegmentationIdentity identity) {
    this.planes = planes;
    this.frames = frames;
    this.identity = identity;
  }

  void addTo(Attributes attributes) {
    addDimensions(attributes);
    attributes.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared());
    Sequence perFrame =
        attributes.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames.frames().size());
    for (SegmentFrames.Frame frame : frames.frames()) {
      perFrame.add(perFrame(frame));
    }
  }

  private void addDimensions(Attributes attributes) {
    String organization =
        DicomUid.of(NameBasedUuid.of("dimension organization", identity.instance().value()));
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    attributes.newSequence(Tag.DimensionOrganizationSequence, 1).add(item);
    Sequence indices = attributes.newSequence(Tag.DimensionIndexSequence, 2);
    if (frames.perSegment()) {
      indices.add(
          dimension(
              organization,
              Tag.ReferencedSegmentNumber,
              Tag.SegmentIdentificationSequence,
              "Segment Number"));
    }
    indices.add(
        planes.inPatientSpace()
            ? dimension(
                organization,
                Tag.ImagePositionPatient,
                Tag.PlanePositionSequence,
                "Image Position Patient")
            : dimension(
                organization,
                Tag.TemporalPositionIndex,
                Tag.FrameContentSequence,
                "Temporal Position Index"));
  }

  private static Attributes dimension(String organization, int pointer, int group, String label) {
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    item.setInt(Tag.DimensionIndexPointer, VR.AT, pointer);
    item.setInt(Tag.FunctionalGroupPointer, VR.AT, group);
    item.setString(Tag.DimensionDescriptionLabel, VR.LO, label);
    return item;
  }

  private Attributes shared() {
    Attributes item = new Attributes();
    planes.addShared(item);
    return item;
  }

  private Attributes perFrame(SegmentFrames.Frame frame) {
    Attributes content = new Attributes();
    // A position in time is its own index, one in space the ordinal among those that have a frame.
    int position =
        planes.inPatientSpace() ? frames.positionIndex(frame.slice()) : frame.slice() + 1;
    content.setInt(
        Tag.DimensionIndexValues,
        VR.UL,
        frames.perSegment() ? new int[] {frame.segment() + 1, position} : new int[] {position});
    if (!planes.inPatientSpace()) {
      // The frames of such an image follow each other in time, and each has its place there.
      content.setInt(Tag.TemporalPositionIndex, VR.UL, frame.slice() + 1);
    }
    Attributes item = new Attributes();
    planes.addFrame(item, frame.slice(), SEGMENTATION);
    item.newSequence(Tag.FrameContentSequence, 1).add(content);
    if (frames.perSegment()) {
      Attributes segment = new Attributes();
      segment.setInt(Tag.ReferencedSegmentNumber, VR.US, frames.number(frame.segment()));
      item.newSequence(Tag.SegmentIdentificationSequence, 1).add(segment);
    }
    return item;
  }
}

package org.firstpass.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.StatedSegment;
import org.firstpass.foreign.Drawing;
import org.firstpass.foreign.DrawnSegment;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.Mask;

/** A DICOM Segmentation as a drawing. Immutable. */
final class DrawnSegmentation implements Drawing {
  private final Segmentation segmentation;
  private final Map<Integer, Long> voxels;

  DrawnSegmentation(Segmentation segmentation) {
    this.segmentation = segmentation;
    this.voxels = segmentation.voxelsPerSegment();
  }

  @Override
  public StudyInstanceUid study() {
    return segmentation.study();
  }

  @Override
  public Set<SeriesInstanceUid> series() {
    return segmentation.referencedSeries();
  }

  @Override
  public Set<SopInstanceUid> predecessors() {
    return segmentation.predecessors();
  }

  @Override
  public List<DrawnSegment> segments() {
    return segmentation.statedSegments().stream().map(this::drawn).toList();
  }

  private DrawnSegment drawn(StatedSegment stated) {
    Segment segment = stated.segment();
    int number = segment.number();
    return new DrawnSegment(
        number,
        true,
        segment.label(),
        segment.category(),
        segment.type(),
        segment.typeModifier(),
        stated.trackingUid(),
        voxels.getOrDefault(number, 0L) == 0);
  }

  @Override
  public Mask mask(int segment, GridGeometry grid) {
    return segmentation.mask(segment, grid);
  }
}

package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.ContentItem.Relation;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;

/**
 * Where a finding was drawn, as a content item: in patient space, or on its image if the series
 * does not say where its images lie in the patient.
 *
 * @see "PS3.3 C.18.6, C.18.9"
 */
record DrawnPlace(SourceSeries source, Outline outline) {
  /** A closed border: its last point is its first. */
  static final String POLYGON = "POLYGON";

  /** Image coordinates count from the corner of the first pixel, indices from its centre. */
  private static final double CORNER = 0.5;

  ContentItem item(Relation relation, Concept name, String shape) {
    List<Vector3> points = new ArrayList<>(outline.points());
    if (shape.equals(POLYGON)) {
      points.add(points.get(0));
    }
    if (source.patientGeometry()) {
      List<Double> numbers = new ArrayList<>();
      points.forEach(point -> numbers.addAll(List.of(point.x(), point.y(), point.z())));
      return relation.inSpace(name, shape, numbers, source.geometry().frameOfReference());
    }
    return onImage(relation, name, shape, points);
  }

  private ContentItem onImage(Relation relation, Concept name, String shape, List<Vector3> points) {
    List<Double> numbers = new ArrayList<>();
    for (Vector3 point : points) {
      VoxelPosition at = source.geometry().toIndex(point);
      numbers.add(at.column() + CORNER);
      numbers.add(at.row() + CORNER);
    }
    long slice = Math.round(source.geometry().toIndex(points.get(0)).slice());
    int last = source.frames().size() - 1;
    SourceFrame frame = source.frames().get((int) Math.max(0, Math.min(last, slice)));
    ContentItem image = Relation.SELECTED_FROM.image(frame.sopClass(), frame.instance());
    if (frame.frameNumber() > 0) {
      image.ofFrame(frame.frameNumber());
    }
    // On an image a closed line is what is a polygon in space.
    String drawn = shape.equals(POLYGON) ? "POLYLINE" : shape;
    return relation.onImage(name, drawn, numbers).with(image);
  }
}

package org.firstpass.http;

import java.util.List;
import org.firstpass.correction.ViewedImage;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Vector3;

/**
 * Where the voxels of a task's image lie and what its values mean, on the wire.
 *
 * @param space PATIENT (LPS, mm), or the plane of the image alone, in mm or in pixels; slices are
 *     then frames, and there is no distance between them
 * @param position the centre of voxel (0, 0, 0): x, y, z
 * @param slope rescaled value = sent value x slope + intercept
 * @param valueRange the least and the largest value that is sent in some slices from everywhere
 */
record GeometryView(
    int columns,
    int rows,
    int slices,
    String frameOfReference,
    List<Double> position,
    Axes axes,
    Spacing spacing,
    double slope,
    double intercept,
    ValueRange valueRange,
    GridSpace space,
    MediaView media) {

  record Axes(List<Double> column, List<Double> row, List<Double> slice) {}

  record Spacing(double column, double row, double slice) {}

  record ValueRange(int min, int max) {}

  static GeometryView from(ViewedImage image, ImageMedia media) {
    GridGeometry grid = image.geometry();
    return new GeometryView(
        grid.size().columns(),
        grid.size().rows(),
        grid.size().slices(),
        grid.frameOfReference().value(),
        triplet(grid.position()),
        new Axes(
            triplet(grid.axes().column()),
            triplet(grid.axes().row()),
            triplet(grid.axes().slice())),
        new Spacing(grid.spacing().column(), grid.spacing().row(), grid.spacing().slice()),
        image.scale().slope(),
        image.scale().intercept(),
        new ValueRange(image.sentRange().minimum(), image.sentRange().maximum()),
        grid.space(),
        MediaView.from(media));
  }

  private static List<Double> triplet(Vector3 vector) {
    return List.of(vector.x(), vector.y(), vector.z());
  }
}

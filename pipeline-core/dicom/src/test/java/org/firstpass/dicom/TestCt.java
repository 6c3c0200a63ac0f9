package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.Volume;

/**
 * Small CT series on grids that show every mistake: oblique, anisotropic, off-origin, not square.
 */
final class TestCt {
  static final CtSeriesDescription DESCRIPTION =
      new CtSeriesDescription(
          new StudyReference(new StudyInstanceUid("2.25.11"), new SeriesInstanceUid("2.25.12")),
          "ID-4711",
          "Phantom^Oblique",
          "ABDOMEN",
          "Synthetic",
          Instant.parse("2026-03-04T05:06:07Z"));

  private TestCt() {}

  static GridGeometry oblique(int columns, int rows, int slices) {
    double angle = Math.toRadians(20);
    Vector3 column = new Vector3(Math.cos(angle), Math.sin(angle), 0);
    Vector3 row =
        new Vector3(
            -Math.sin(angle) * Math.cos(0.3), Math.cos(angle) * Math.cos(0.3), Math.sin(0.3));
    return new GridGeometry(
        new FrameOfReferenceUid("2.25.13"),
        new GridSize(columns, rows, slices),
        new Vector3(-101.25, 33.3, 250.7),
        Axes.ofPlane(column, row),
        new Spacing(0.7, 0.9, 2.5));
  }

  /** A volume whose value is different at every voxel. */
  static Volume counting(GridGeometry geometry) {
    float[] values = new float[geometry.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 4000 - 1000;
    }
    return Volume.ofValues(geometry, values);
  }

  static List<Path> files(Path folder, GridGeometry geometry) {
    List<byte[]> instances = CtSeriesWriter.write(DESCRIPTION, counting(geometry));
    List<Path> files = new ArrayList<>();
    try {
      for (int i = 0; i < instances.size(); i++) {
        files.add(Files.write(folder.resolve("%04d.dcm".formatted(i)), instances.get(i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}

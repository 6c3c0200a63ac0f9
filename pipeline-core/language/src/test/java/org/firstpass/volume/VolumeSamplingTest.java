package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.Test;

class VolumeSamplingTest {
  private static final FrameOfReferenceUid FRAME = new FrameOfReferenceUid("1.2.3");
  private static final GridGeometry SOURCE =
      new GridGeometry(
          FRAME,
          new GridSize(7, 6, 5),
          new Vector3(-3, 2, 10),
          Axes.ofPlane(new Vector3(0.6, 0.8, 0), new Vector3(-0.8, 0.6, 0)),
          new Spacing(0.7, 0.9, 2.5));

  /** A linear function of patient space comes back exactly between the voxel centres. */
  @Test
  void whatIsLinearInPatientSpaceStaysSo() {
    var values = new float[SOURCE.size().voxels()];
    for (int slice = 0; slice < 5; slice++) {
      for (int row = 0; row < 6; row++) {
        for (int column = 0; column < 7; column++) {
          values[SOURCE.size().index(column, row, slice)] =
              (float) plane(SOURCE.toPatient(column, row, slice));
        }
      }
    }
    var target =
        new GridGeometry(
            FRAME,
            new GridSize(3, 4, 6),
            SOURCE.toPatient(2.25, 2.5, 3.75),
            Axes.ofPlane(new Vector3(0, 0, -1), new Vector3(0.6, 0.8, 0)),
            new Spacing(0.9, 0.4, 0.3));
    Volume sampled = VolumeSampling.linear(Volume.ofValues(SOURCE, values), target, -1000);
    int inside = 0;
    for (int i = 0; i < target.size().voxels(); i++) {
      int column = i % 3;
      int row = i / 3 % 4;
      int slice = i / 12;
      if (sampled.valueAt(i) != -1000) {
        assertEquals(plane(target.toPatient(column, row, slice)), sampled.valueAt(i), 1e-4);
        inside++;
      }
    }
    assertEquals(target.size().voxels(), inside);
  }

  @Test
  void aVoxelReachesHalfAVoxelAndBeyondIsOutside() {
    Volume source = Volume.ofValues(SOURCE, filled(5));
    GridGeometry shifted =
        SOURCE.withVoxels(
            new GridSize(1, 1, 2), SOURCE.toPatient(-0.49, 0, 3.9), SOURCE.axes(), spacing(1.49));
    Volume sampled = VolumeSampling.linear(source, shifted, -7);
    assertEquals(5, sampled.valueAt(0));
    assertEquals(-7, sampled.valueAt(1), "slice 5.39 of 0 to 4");
    GridGeometry left =
        SOURCE.withVoxels(
            new GridSize(1, 1, 1), SOURCE.toPatient(-0.51, 0, 0), SOURCE.axes(), spacing(1));
    assertEquals(-7, VolumeSampling.linear(source, left, -7).valueAt(0));
  }

  @Test
  void gridsOfOtherSpacesDoNotMeet() {
    Volume source = Volume.ofValues(SOURCE, filled(5));
    var other =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.4"),
            SOURCE.size(),
            SOURCE.position(),
            SOURCE.axes(),
            SOURCE.spacing());
    assertThrows(IllegalArgumentException.class, () -> VolumeSampling.linear(source, other, 0));
    Volume image =
        Volume.ofValues(GridGeometry.ofUncalibratedImage(FRAME, SOURCE.size()), filled(1));
    assertThrows(
        IllegalArgumentException.class, () -> VolumeSampling.linear(image, image.geometry(), 0));
  }

  @Test
  void theSmallestValueIsTheSmallestFiniteOne() {
    float[] values = filled(3);
    values[17] = -2.5f;
    values[60] = Float.NaN;
    assertEquals(-2.5f, VolumeSampling.smallest(Volume.ofValues(SOURCE, values)));
  }

  private static Spacing spacing(double slices) {
    return new Spacing(0.7, 0.9, 2.5 * slices);
  }

  private static float[] filled(float value) {
    var values = new float[SOURCE.size().voxels()];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static double plane(Vector3 at) {
    return 3 * at.x() - 2 * at.y() + 0.5 * at.z() + 1;
  }
}

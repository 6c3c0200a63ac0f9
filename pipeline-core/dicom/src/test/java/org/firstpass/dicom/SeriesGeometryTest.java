package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Where voxels come to lie: every value knows its own position in patient space. */
class SeriesGeometryTest {
  private static final int COLUMNS = 5;
  private static final int ROWS = 3;
  private static final int SLICES = 7;

  /** An oblique, anisotropic stack off the origin; slices may be made against the normal. */
  private static final class Phantom {
    final Random random;
    final Vector3 column;
    final Vector3 row;
    final Vector3 step;
    final Vector3 position;
    final double rowSpacing;
    final double columnSpacing;

    Phantom(long seed, boolean againstNormal) {
      random = new Random(seed);
      column = direction();
      row = column.cross(direction()).normalized();
      step = column.cross(row).times((againstNormal ? -1 : 1) * (0.6 + 5 * random.nextDouble()));
      position = direction().times(400);
      rowSpacing = 0.3 + random.nextDouble();
      columnSpacing = 0.3 + random.nextDouble();
    }

    private Vector3 direction() {
      return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
          .normalized();
    }

    Vector3 positionOfSlice(int made) {
      return position.plus(step.times(made));
    }

    Vector3 positionOf(int made, int rowIndex, int columnIndex) {
      return positionOfSlice(made)
          .plus(column.times(columnIndex * columnSpacing))
          .plus(row.times(rowIndex * rowSpacing));
    }

    short[] values(int made) {
      short[] stored = new short[ROWS * COLUMNS];
      for (int i = 0; i < stored.length; i++) {
        stored[i] = (short) (made * ROWS * COLUMNS + i - 50);
      }
      return stored;
    }

    TestImage slice(int made) {
      return TestImage.flat(TestImage.MR, made, ROWS, COLUMNS, values(made))
          .spacing(rowSpacing, columnSpacing)
          .plane(positionOfSlice(made), column, row)
          .with(Tag.SliceThickness, VR.DS, "1")
          .with(Tag.SpacingBetweenSlices, VR.DS, "99")
          .with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3");
    }

    List<InstanceSource> instances() {
      List<InstanceSource> sources = new ArrayList<>();
      for (int made = 0; made < SLICES; made++) {
        sources.add(slice(made).source());
      }
      Collections.shuffle(sources, random);
      return sources;
    }

    InstanceSource enhanced() {
      short[] all = new short[SLICES * ROWS * COLUMNS];
      TestImage image = TestImage.flat(TestImage.ENHANCED_CT, 1, ROWS, COLUMNS, all);
      image.with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3");
      Attributes shared = new Attributes();
      image.attributes.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
      Attributes measures = new Attributes();
      measures.setDouble(Tag.PixelSpacing, VR.DS, rowSpacing, columnSpacing);
      measures.setString(Tag.SpacingBetweenSlices, VR.DS, "-7");
      shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
      var perFrame = image.attributes.newSequence(Tag.PerFrameFunctionalGroupsSequence, SLICES);
      List<Integer> order = new ArrayList<>();
      for (int made = 0; made < SLICES; made++) {
        order.add(made);
      }
      Collections.shuffle(order, random);
      for (int frame = 0; frame < SLICES; frame++) {
        int made = order.get(frame);
        System.arraycopy(values(made), 0, all, frame * ROWS * COLUMNS, ROWS * COLUMNS);
        perFrame.add(frameGroups(made));
      }
      image.attributes.setInt(Tag.NumberOfFrames, VR.IS, SLICES);
      return image.shorts(all).source();
    }

    private Attributes frameGroups(int made) {
      Attributes groups = new Attributes();
      Attributes plane = slice(made).attributes;
      Attributes place = new Attributes();
      place.addSelected(plane, Tag.ImagePositionPatient);
      groups.newSequence(Tag.PlanePositionSequence, 1).add(place);
      Attributes turn = new Attributes();
      turn.addSelected(plane, Tag.ImageOrientationPatient);
      groups.newSequence(Tag.PlaneOrientationSequence, 1).add(turn);
      Attributes rescale = new Attributes();
      rescale.setString(Tag.RescaleSlope, VR.DS, "1");
      rescale.setString(Tag.RescaleIntercept, VR.DS, "0");
      groups.newSequence(Tag.PixelValueTransformationSequence, 1).add(rescale);
      return groups;
    }

    void assertInPlace(Volume volume) {
      GridGeometry geometry = volume.geometry();
      for (int slice = 0; slice < SLICES; slice++) {
        for (int r = 0; r < ROWS; r++) {
          for (int c = 0; c < COLUMNS; c++) {
            int made = ((int) volume.valueAt(c, r, slice) + 50) / (ROWS * COLUMNS);
            int inPlane = ((int) volume.valueAt(c, r, slice) + 50) % (ROWS * COLUMNS);
            Vector3 truth = positionOf(made, inPlane / COLUMNS, inPlane % COLUMNS);
            double off = truth.minus(geometry.toPatient(c, r, slice)).length();
            assertTrue(off < 1e-6, () -> "a voxel is " + off + " mm off");
          }
        }
      }
    }
  }

  @RepeatedTest(40)
  void everyVoxelLiesWhereItsSliceSaysWhicheverWayTheStackRuns(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    var phantom = new Phantom(seed, seed % 2 == 0);
    SeriesImage image = SeriesSurvey.of(phantom.instances()).read();
    phantom.assertInPlace(image.volume());
    var axes = image.volume().geometry().axes();
    assertTrue(axes.column().cross(axes.row()).dot(axes.slice()) > 0.999, "right-handed");
    assertEquals(phantom.step.length(), image.volume().geometry().spacing().slice(), 1e-9);
    assertEquals(phantom.rowSpacing, image.volume().geometry().spacing().row(), 1e-9);
  }

  @RepeatedTest(20)
  void anEnhancedInstanceGivesTheSameVolumeAsItsSlices(RepetitionInfo repetition) {
    int seed = 1000 + repetition.getCurrentRepetition();
    var phantom = new Phantom(seed, seed % 2 == 0);
    SeriesImage enhanced = SeriesSurvey.of(List.of(phantom.enhanced())).read();
    phantom.assertInPlace(enhanced.volume());
    Volume classic = SeriesSurvey.of(phantom.instances()).read().volume();
    GridGeometry.requireSameGrid(classic.geometry(), enhanced.volume().geometry());
    for (int i = 0; i < classic.geometry().size().voxels(); i++) {
      assertEquals(classic.valueAt(i), enhanced.volume().valueAt(i));
    }
  }

  @RepeatedTest(10)
  void theSourceFramesStandInSliceOrderWithTheirOwnPositions(RepetitionInfo repetition) {
    var phantom = new Phantom(repetition.getCurrentRepetition(), true);
    SourceSeries classic = SeriesSurvey.of(phantom.instances()).read().source();
    SourceSeries enhanced = SeriesSurvey.of(List.of(phantom.enhanced())).read().source();
    for (int slice = 0; slice < SLICES; slice++) {
      SourceFrame frame = classic.frames().get(slice);
      int made = SLICES - 1 - slice;
      assertEquals("2.25.100." + made, frame.instance().value());
      assertEquals(0, frame.frameNumber());
      double off = frame.position().minus(phantom.positionOfSlice(made)).length();
      assertTrue(off < 1e-6);
      assertTrue(enhanced.frames().get(slice).position().minus(frame.position()).length() < 1e-6);
    }
    List<Integer> numbers =
        enhanced.frames().stream().map(SourceFrame::frameNumber).sorted().toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), numbers);
  }

  @Test
  void aSeriesOfOurOwnWritingComesBackAsItWas() {
    GridGeometry geometry = TestCt.oblique(7, 5, 4);
    Volume written = TestCt.counting(geometry);
    List<InstanceSource> sources =
        CtSeriesWriter.write(TestCt.DESCRIPTION, written).stream()
            .<InstanceSource>map(file -> () -> new ByteArrayInputStream(file))
            .toList();
    Volume read = SeriesSurvey.of(sources).read().volume();
    GridGeometry.requireSameGrid(geometry, read.geometry());
    for (int i = 0; i < geometry.size().voxels(); i++) {
      assertEquals(written.valueAt(i), read.valueAt(i));
    }
  }

  @Test
  void aRadiographIsOneSliceWithDetectorSpacingAndNoPatientGeometry() {
    TestImage image = TestImage.flat(TestImage.CR, 1, 2, 3, new short[6]);
    image.attributes.setDouble(Tag.ImagerPixelSpacing, VR.DS, 0.15, 0.2);
    SeriesSurvey survey = SeriesSurvey.of(List.of(image.source()));
    assertTrue(survey.refusal().isEmpty());
    GridGeometry geometry = survey.read().volume().geometry();
    assertEquals(0.15, geometry.spacing().row());
    assertEquals(0.2, geometry.spacing().column());
    assertEquals(1, geometry.size().slices());
    assertEquals(false, survey.description().patientGeometry());
    assertEquals(
        geometry.frameOfReference(),
        SeriesSurvey.of(List.of(image.source())).read().volume().geometry().frameOfReference());
  }

  @Test
  void aLoopOfUltrasoundStacksItsFramesInTheirOrder() {
    TestImage image =
        TestImage.flat(TestImage.ULTRASOUND, 1, 1, 2, (short) 1, (short) 2, (short) 3, (short) 4);
    image.attributes.setInt(Tag.NumberOfFrames, VR.IS, 2);
    SeriesImage read = SeriesSurvey.of(List.of(image.source())).read();
    assertEquals(2, read.description().frames());
    assertEquals(3, read.volume().valueAt(0, 0, 1));
    assertEquals(2, read.source().frames().get(1).frameNumber());
  }
}

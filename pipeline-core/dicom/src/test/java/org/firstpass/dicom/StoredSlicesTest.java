package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

/** Slices that are read one by one are those of the volume that is read at once. */
class StoredSlicesTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final int PIXELS = ROWS * COLUMNS;

  private static TestImage slice(int made) {
    var stored = new short[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      stored[i] = (short) (made * PIXELS + i - 50);
    }
    return TestImage.flat(TestImage.MR, made, ROWS, COLUMNS, stored)
        .spacing(0.8, 0.8)
        .plane(new Vector3(0, 0, 2.5 * made), new Vector3(1, 0, 0), new Vector3(0, 1, 0))
        .with(Tag.RescaleSlope, VR.DS, "2")
        .with(Tag.RescaleIntercept, VR.DS, "-7");
  }

  private static SeriesSurvey survey(List<TestImage> images) {
    Collections.shuffle(images, new Random(5));
    return SeriesSurvey.of(images.stream().map(TestImage::source).toList());
  }

  private static List<TestImage> images(int count) {
    var images = new ArrayList<TestImage>();
    for (int made = 0; made < count; made++) {
      images.add(slice(made));
    }
    return images;
  }

  @Test
  void eachInstanceGivesTheSliceOfItsPositionWhicheverComesFirst() {
    SeriesSurvey survey = survey(images(6));
    Volume volume = survey.read().volume();
    StoredSlices slices = survey.slices().orElseThrow();
    assertEquals(new Volume.StoredAs(true, 2, -7), slices.storedAs());
    var found = new float[6 * PIXELS];
    for (int instance = slices.instances() - 1; instance >= 0; instance--) {
      int expected = slices.firstSliceOf(instance);
      slices.read(
          instance,
          (slice, stored) -> {
            assertEquals(expected, slice);
            for (int i = 0; i < stored.length; i++) {
              found[slice * PIXELS + i] = (float) (stored[i] * 2.0 - 7);
            }
          });
    }
    var all = new float[found.length];
    volume.copyTo(0, all, 0, all.length);
    assertArrayEquals(all, found);
  }

  @Test
  void whereAValueMeansSomethingElseInOneSliceThereAreNone() {
    List<TestImage> images = images(4);
    images.set(2, slice(2).with(Tag.RescaleSlope, VR.DS, "3"));
    assertTrue(survey(images).slices().isEmpty());
  }

  @Test
  void aSeriesThatIsNoVolumeIsRefused() {
    List<TestImage> images = images(6);
    images.remove(3);
    SeriesSurvey survey = survey(images);
    var refused = assertThrows(StudyRefused.class, survey::slices);
    assertEquals(ReasonCode.MISSING_SLICES, refused.code());
  }
}

package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.StoredSlices;
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
import org.junit.jupiter.api.Test;

/** An image of which is known what it is like, and whose pixels come once somebody looks. */
final class ArrivingImageTest {
  private static final GridSize SIZE = new GridSize(3, 2, 40);
  private static final int SAMPLES = 16;
  private static final int BYTES_PER_SLICE = 12;

  private static StoredSlices stored() {
    var values = new float[SIZE.voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = index - 100;
    }
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            SIZE,
            new Vector3(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 1, 1));
    var description =
        new CtSeriesDescription(
            new StudyReference(new StudyInstanceUid("1.2.4"), new SeriesInstanceUid("1.2.5")),
            "PID",
            "Doe^Jane",
            "ABDOMEN",
            "test",
            Instant.EPOCH);
    List<InstanceSource> files =
        CtSeriesWriter.write(description, Volume.ofValues(geometry, values)).stream()
            .<InstanceSource>map(file -> () -> new ByteArrayInputStream(file))
            .toList();
    return SeriesSurvey.of(files).slices().orElseThrow();
  }

  private static ViewedImage image() {
    return ViewedImage.arriving(
        stored(),
        Runnable::run,
        failure -> {
          throw failure;
        });
  }

  @Test
  void beforeAnybodyLooksOnlySomeSlicesFromEverywhereAreRead() {
    ViewedImage image = image();
    assertEquals(SIZE, image.geometry().size());
    assertEquals(new ViewedImage.Range(-100, 127), image.range());
    assertEquals(SAMPLES * BYTES_PER_SLICE, image.content().held());
  }

  @Test
  void whoeverAsksForASliceGetsItAndTheRestIsReadToo() {
    ViewedImage image = image();
    assertEquals(6 - 100, image.scale().rescaled(image.content().slice(1).get(0)));
    assertEquals(image.content().size(), image.content().held());
    assertEquals(39 * 6 - 100, image.scale().rescaled(image.content().slice(39).get(0)));
  }

  @Test
  void whatIsBeingFetchedCountsAsIfItWereThere() {
    ViewedImage image = image();
    image.content().fetch();
    assertEquals(SIZE.voxels() * 2, image.content().held());
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * A CT that no scanner made: an elliptic body with three organs, and noise as a scanner's, so that
 * it compresses as a scan does.
 */
final class SampleCt {
  private static final int INTERCEPT = -1024;
  private static final int AIR = -1000;
  private static final double NOISE = 18;

  /** Value in a body, and of its organs 1 to 3, in Hounsfield units. */
  private static final int[] TISSUES = {20, 110, 130, 190};

  /** Centre and half axes, as shares of the grid: column, row, slice. */
  private static final double[][] ORGANS = {
    {.35, .48, .50, .21, .18, .40},
    {.70, .45, .60, .10, .12, .20},
    {.58, .65, .33, .05, .05, .20}
  };

  private final GridGeometry geometry;
  private final short[] labels;
  private final Volume volume;

  SampleCt(int columns, int slices) {
    this.geometry =
        new GridGeometry(
            new FrameOfReferenceUid(uid("frame of reference", columns)),
            new GridSize(columns, columns, slices),
            new Vector3(-180, -180, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(360.0 / columns, 360.0 / columns, 1));
    this.labels = new short[geometry.size().voxels()];
    var stored = new short[labels.length];
    paint(stored);
    this.volume = Volume.ofStored(geometry, stored, new Volume.StoredAs(false, 1, INTERCEPT));
  }

  GridGeometry geometry() {
    return geometry;
  }

  Volume volume() {
    return volume;
  }

  /** The organs, 1 to 3. */
  LabelMap labels() {
    return new LabelMap(geometry, labels.clone());
  }

  /** Writes a new series of it, one file to a slice. */
  List<Path> writeSeries(Path folder, StudyReference reference) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (byte[] instance : series(reference)) {
      files.add(Files.write(folder.resolve("%04d.dcm".formatted(files.size())), instance));
    }
    return files;
  }

  /** A series of it, the bytes of one file to a slice. */
  List<byte[]> series(StudyReference reference) {
    return CtSeriesWriter.write(describe(reference), volume);
  }

  /** The UIDs of a series; another number is another series. */
  static StudyReference reference(String kind, int number) {
    return new StudyReference(
        new StudyInstanceUid(uid(kind + " study", number)),
        new SeriesInstanceUid(uid(kind + " series", number)));
  }

  private static CtSeriesDescription describe(StudyReference reference) {
    return new CtSeriesDescription(
        reference, "BENCH", "Bench^Mark", "ABDOMEN", "sample", Instant.EPOCH);
  }

  private static String uid(String kind, int number) {
    return DicomUid.of(NameBasedUuid.of("bench " + kind, Integer.toString(number)));
  }

  private void paint(short[] stored) {
    var random = new SplittableRandom(7);
    GridSize size = geometry.size();
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      double z = (slice + .5) / size.slices();
      for (int row = 0; row < size.rows(); row++) {
        double y = (row + .5) / size.rows();
        for (int column = 0; column < size.columns(); column++) {
          double x = (column + .5) / size.columns();
          labels[at] = organ(x, y, z);
          double noise = NOISE * (random.nextDouble() + random.nextDouble() + random.nextDouble());
          double value = tissue(x, y, labels[at]) + noise - 1.5 * NOISE;
          stored[at++] = (short) Math.max(0, Math.round(value) - INTERCEPT);
        }
      }
    }
  }

  private static int tissue(double x, double y, int organ) {
    double fromCentre = square((x - .5) / .45) + square((y - .5) / .36);
    return fromCentre < 1 ? TISSUES[organ] : AIR;
  }

  private static short organ(double x, double y, double z) {
    for (int i = 0; i < ORGANS.length; i++) {
      double[] o = ORGANS[i];
      if (square((x - o[0]) / o[3]) + square((y - o[1]) / o[4]) + square((z - o[2]) / o[5]) < 1) {
        return (short) (i + 1);
      }
    }
    return 0;
  }

  private static double square(double value) {
    return value * value;
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
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
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * A CT of many ellipsoids in air, each in the middle of its own band of Hounsfield units, along the
 * body as organs are: what a {@link SyntheticNetwork} finds in it is known.
 */
final class SyntheticCt {
  private static final int INTERCEPT = -1024;
  private static final int AIR = -1000;
  private static final double NOISE = 20;

  private final GridGeometry geometry;
  private final int structures;

  SyntheticCt(int columns, int slices, int structures) {
    this.structures = structures;
    this.geometry =
        new GridGeometry(
            new FrameOfReferenceUid(uid("frame", columns + "x" + slices)),
            new GridSize(columns, columns, slices),
            new Vector3(-180, -180, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(360.0 / columns, 360.0 / columns, 1));
  }

  /** Writes it as a series, one file to a slice, and how many voxels each structure has. */
  long[] writeSeries(Path folder) throws IOException {
    GridSize size = geometry.size();
    var stored = new short[size.voxels()];
    var counts = new long[size.slices()][structures + 1];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(slice -> paint(stored, slice, counts[slice]));
    Volume volume = Volume.ofStored(geometry, stored, new Volume.StoredAs(false, 1, INTERCEPT));
    Files.createDirectories(folder);
    int number = 0;
    var description =
        new CtSeriesDescription(
            SampleCt.reference("synthetic", size.slices()),
            "BENCH",
            "Bench^Mark",
            "ABDOMEN",
            "synthetic",
            Instant.EPOCH);
    for (byte[] instance : CtSeriesWriter.write(description, volume)) {
      Files.write(folder.resolve("%04d.dcm".formatted(number++)), instance);
    }
    var sums = new long[structures + 1];
    for (long[] ofSlice : counts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ofSlice[i];
      }
    }
    return sums;
  }

  /** Of each structure, how many of its voxels have its label. */
  long[] markedOf(LabelMap labels) {
    GridSize size = geometry.size();
    var marked = new AtomicLongArray(structures + 1);
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              for (int row = 0; row < size.rows(); row++) {
                for (int column = 0; column < size.columns(); column++) {
                  int structure = structureAt(column, row, slice);
                  if (labels.labelAt(column, row, slice) == structure) {
                    marked.incrementAndGet(structure);
                  }
                }
              }
            });
    return IntStream.rangeClosed(0, structures).mapToLong(marked::get).toArray();
  }

  private void paint(short[] stored, int slice, long[] counts) {
    GridSize size = geometry.size();
    // A plain generator, so that slices can be painted in any order.
    long state = slice * 0x9E3779B97F4A7C15L + 1;
    int at = size.index(0, 0, slice);
    for (int row = 0; row < size.rows(); row++) {
      for (int column = 0; column < size.columns(); column++) {
        int structure = structureAt(column, row, slice);
        state = state * 6364136223846793005L + 1442695040888963407L;
        double noise = NOISE * ((state >>> 40) / (double) (1 << 24) - .5);
        double value = structure == 0 ? AIR : structure * SyntheticNetwork.BAND;
        counts[structure]++;
        stored[at++] = (short) (Math.round(value + noise) - INTERCEPT);
      }
    }
  }

  /** Structures lie in two rows along the body, each over a tenth of it or so. */
  private int structureAt(int column, int row, int slice) {
    double x = (column + .5) / geometry.size().columns();
    double y = (row + .5) / geometry.size().rows();
    double z = (slice + .5) / geometry.size().slices();
    for (int i = 0; i < structures; i++) {
      double fromX = (x - (i % 2 == 0 ? .32 : .68)) / .14;
      double fromY = (y - .5) / .2;
      double fromZ = (z - (i + 1.0) / (structures + 1)) / (1.6 / (structures + 1));
      if (fromX * fromX + fromY * fromY + fromZ * fromZ < 1) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String uid(String kind, String name) {
    return DicomUid.of(NameBasedUuid.of("bench synthetic " + kind, name));
  }
}

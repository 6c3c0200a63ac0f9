package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;

/** A small CT series of a body that does not exist, as files, coarse so that tests are quick. */
record PhantomSeries(SeriesInstanceUid uid, List<Path> files, PhantomSpec spec) {
  private static final int MATRIX = 64;
  private static final double PIXEL_MM = 6;
  private static final double HEIGHT_MM = 264;
  private static final Instant ACQUIRED = Instant.parse("2026-01-05T08:00:00Z");

  PhantomSeries {
    files = List.copyOf(files);
  }

  /** Writes one below a folder; the seed tells it from the others. */
  static PhantomSeries write(Path folder, long seed, int slices) throws IOException {
    return write(folder, seed, slices, "PHANTOM-" + seed, "Phantom^" + seed);
  }

  static PhantomSeries write(
      Path folder, long seed, int slices, String patientId, String patientName) throws IOException {
    var spec =
        new PhantomSpec(
            seed,
            new GridSize(MATRIX, MATRIX, slices),
            new Spacing(PIXEL_MM, PIXEL_MM, HEIGHT_MM / slices),
            new Orientation("SPL"),
            0,
            0.1);
    var series = new SeriesInstanceUid(uid("test series", seed));
    var description =
        new CtSeriesDescription(
            new StudyReference(new StudyInstanceUid(uid("test study", seed)), series),
            patientId,
            patientName,
            "ABDOMEN",
            "Phantom abdomen",
            ACQUIRED);
    Path target = Files.createDirectories(folder.resolve("series-" + seed));
    List<Path> files = new ArrayList<>();
    for (byte[] instance : CtSeriesWriter.write(description, Phantom.of(spec).volume())) {
      files.add(Files.write(target.resolve("%04d.dcm".formatted(files.size())), instance));
    }
    return new PhantomSeries(series, files, spec);
  }

  /** Without one in the middle: nobody may guess what was there. */
  PhantomSeries withoutASlice() {
    List<Path> fewer = new ArrayList<>(files);
    fewer.remove(fewer.size() / 2);
    return new PhantomSeries(uid, fewer, spec);
  }

  DemoStudy study() {
    return new DemoStudy("phantom", uid, files, spec);
  }

  private static String uid(String kind, long seed) {
    return DicomUid.of(NameBasedUuid.of(kind, Long.toString(seed)));
  }
}

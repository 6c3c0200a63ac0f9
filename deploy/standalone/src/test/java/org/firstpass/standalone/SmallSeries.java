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

/**
 * A series of few voxels whose study and description a test chooses. Bodies of one seed lie in one
 * frame of reference.
 */
record SmallSeries(SeriesInstanceUid uid, List<Path> files) {
  private static final GridSize SIZE = new GridSize(40, 36, 20);
  private static final Spacing SPACING = new Spacing(9, 9, 12);
  private static final Instant ACQUIRED = Instant.parse("2026-01-05T08:00:00Z");

  SmallSeries {
    files = List.copyOf(files);
  }

  /** One that is a study of its own. */
  static SmallSeries write(Path folder, String description) throws IOException {
    return write(folder, description, description, 1);
  }

  static SmallSeries write(Path folder, String study, String description, long seed)
      throws IOException {
    PhantomSpec spec = spec(seed);
    var series = new SeriesInstanceUid(uid("small series", study + " " + description));
    var described =
        new CtSeriesDescription(
            new StudyReference(new StudyInstanceUid(uid("small study", study)), series),
            "SMALL-" + study.hashCode(),
            "Small^Made",
            "ABDOMEN",
            description,
            ACQUIRED);
    Path target = Files.createTempDirectory(folder, "series");
    List<Path> files = new ArrayList<>();
    for (byte[] instance : CtSeriesWriter.write(described, Phantom.of(spec).volume())) {
      files.add(Files.write(target.resolve("%04d.dcm".formatted(files.size())), instance));
    }
    return new SmallSeries(series, files);
  }

  /** The body of a seed, without noise. */
  static PhantomSpec spec(long seed) {
    return new PhantomSpec(seed, SIZE, SPACING, new Orientation("SPL"), 0, 0);
  }

  private static String uid(String kind, String name) {
    return DicomUid.of(NameBasedUuid.of(kind, name));
  }
}

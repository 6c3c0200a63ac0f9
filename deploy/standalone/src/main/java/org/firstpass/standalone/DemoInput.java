package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.failure.StudyRefused;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.Volume;

/** What the demo sends: phantoms made here, or the series of a folder. */
final class DemoInput {
  /** Coarser than a scanner's 512, so that the demo is over in minutes on two cores. */
  private static final int MATRIX = 192;

  /** Two studies to a patient: the split goes by patient, and the demo shows it. */
  private static final int STUDIES_PER_PATIENT = 2;

  private static final long FIRST_SEED = 9000;
  private static final Instant ACQUIRED = Instant.parse("2026-01-05T08:00:00Z");

  private DemoInput() {}

  /** Makes phantom studies and writes their files below a folder. */
  static List<DemoStudy> phantoms(int count, Path folder, Progress progress) throws IOException {
    List<DemoStudy> studies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      studies.add(phantom(i, folder.resolve("study-" + (i + 1))));
      progress.to(i + 1);
    }
    return studies;
  }

  private static DemoStudy phantom(int index, Path folder) throws IOException {
    long seed = FIRST_SEED + index;
    PhantomSpec spec = PhantomSpec.drawn(seed, MATRIX);
    var reference =
        new StudyReference(
            new StudyInstanceUid(uid("demo study", seed)),
            new SeriesInstanceUid(uid("demo series", seed)));
    String patient = "PHANTOM-" + (1 + index / STUDIES_PER_PATIENT);
    var description =
        new CtSeriesDescription(
            reference,
            patient,
            "Phantom^" + (1 + index / STUDIES_PER_PATIENT),
            "ABDOMEN",
            "Phantom abdomen",
            ACQUIRED.plusSeconds(3600L * index));
    List<Path> files = write(description, Phantom.of(spec).volume(), folder);
    String name = "phantom " + (index + 1) + " " + spec.orientation();
    return new DemoStudy(name, reference.series(), files, spec);
  }

  static String uid(String kind, long seed) {
    return DicomUid.of(NameBasedUuid.of(kind, Long.toString(seed)));
  }

  /** Writes a series as files. */
  static List<Path> write(CtSeriesDescription description, Volume volume, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (byte[] instance : CtSeriesWriter.write(description, volume)) {
      files.add(Files.write(folder.resolve("%04d.dcm".formatted(files.size() + 1)), instance));
    }
    return files;
  }

  /** The series below a folder; what is no DICOM instance is left alone. */
  static List<DemoStudy> scans(Path folder) throws IOException {
    Map<SeriesInstanceUid, List<Path>> files = new LinkedHashMap<>();
    for (Path file : DicomFiles.below(List.of(folder))) {
      try {
        InstanceHeader header = InstanceHeader.read(() -> Files.newInputStream(file));
        files.computeIfAbsent(header.reference().series(), key -> new ArrayList<>()).add(file);
      } catch (StudyRefused notAnInstance) {
        continue;
      }
    }
    List<DemoStudy> studies = new ArrayList<>();
    files.forEach(
        (series, instances) ->
            studies.add(new DemoStudy("series " + (studies.size() + 1), series, instances, null)));
    return studies;
  }
}

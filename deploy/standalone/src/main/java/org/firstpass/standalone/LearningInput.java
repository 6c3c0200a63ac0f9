package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.phantom.ConeBeamScan;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;

/**
 * Patients of an angiography suite whose scanner is a cone-beam CT: a kind of image that the first
 * model was not trained on. A patient each, a study each.
 */
final class LearningInput {
  private static final long FIRST_SEED = 70_000;
  private static final Instant ACQUIRED = Instant.parse("2026-02-02T08:00:00Z");

  private final Path folder;
  private final int matrix;

  /**
   * @param folder for the files
   * @param matrix columns of an image
   */
  LearningInput(Path folder, int matrix) {
    this.folder = folder;
    this.matrix = matrix;
  }

  /** So many patients, from a number on. */
  List<DemoStudy> patients(int first, int count, Progress progress) throws IOException {
    List<DemoStudy> studies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      studies.add(study(first + i, "once"));
      progress.to(i + 1);
    }
    return studies;
  }

  /** The very images of a patient, as a study of their own. */
  DemoStudy again(int patient) throws IOException {
    return study(patient, "again");
  }

  private DemoStudy study(int patient, String word) throws IOException {
    long seed = FIRST_SEED + patient;
    PhantomSpec spec = PhantomSpec.drawn(seed, matrix);
    var reference =
        new StudyReference(
            new StudyInstanceUid(DemoInput.uid("cone-beam study " + word, seed)),
            new SeriesInstanceUid(DemoInput.uid("cone-beam series " + word, seed)));
    var description =
        new CtSeriesDescription(
            reference,
            "CONE-BEAM-" + patient,
            "Phantom^" + patient,
            "ABDOMEN",
            "Phantom abdomen, cone beam",
            ACQUIRED.plusSeconds(1800L * patient));
    List<Path> files =
        DemoInput.write(
            description,
            ConeBeamScan.of(Phantom.of(spec), seed),
            folder.resolve(word).resolve("patient-" + patient));
    return new DemoStudy("patient " + patient, reference.series(), files, spec);
  }
}

package org.firstpass.dataset;

import java.util.List;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;

/** Reads the image and the labels of a case from the store. Safe for use by many threads. */
final class CaseReader {
  private final ObjectStore store;

  CaseReader(ObjectStore store) {
    this.store = store;
  }

  /**
   * The instances that the series revision had.
   *
   * @throws Defect OBJECT_MISSING if what is stored is not that revision
   */
  SeriesRevision revision(SeriesInput input) {
    SeriesRevision revision = SeriesRevisionCodec.decode(store.read(input.manifest().digest()));
    if (!revision.hash().equals(input.revisionHash())) {
      throw new Defect(
          ReasonCode.OBJECT_MISSING,
          "series "
              + input.reference().series()
              + " revision "
              + input.revision()
              + " has hash "
              + input.revisionHash()
              + ", but its stored instances have "
              + revision.hash());
    }
    return revision;
  }

  /** Modality (0008,0060) of a series; one instance is looked at, because all have the same. */
  String modality(SeriesInput input) {
    return InstanceHeader.read(source(revision(input).instances().get(0))).modality();
  }

  /**
   * The image of a series.
   *
   * @throws StudyRefused what speaks against it; NO_PATIENT_GEOMETRY too, because NIfTI has no
   *     other space than the patient's
   */
  Volume volume(SeriesRevision revision) {
    SeriesSurvey survey = SeriesSurvey.of(sources(revision));
    if (!survey.description().patientGeometry()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "series " + revision.reference().series() + " has no place in patient space");
    }
    return survey.read().volume();
  }

  /**
   * The image of a series, also of one that has no place in patient space.
   *
   * @throws StudyRefused what speaks against it
   */
  Volume image(SeriesRevision revision) {
    return SeriesSurvey.of(sources(revision)).read().volume();
  }

  /** The instances of a series as they are stored, in the order of the revision. */
  List<InstanceSource> sources(SeriesRevision revision) {
    return revision.instances().stream().map(this::source).toList();
  }

  private InstanceSource source(InstanceReference instance) {
    return source(instance.content());
  }

  InstanceSource source(Sha256 digest) {
    return () -> store.open(digest);
  }

  LabelMap labels(ObjectReference reference) {
    try {
      return LabelMapCodec.decode(store.read(reference.digest()));
    } catch (IllegalArgumentException e) {
      throw new Defect(
          ReasonCode.OBJECT_MISSING, "label map " + reference.digest() + " is damaged", e);
    }
  }

  /** The accepted labels on the grid of their image. */
  LabelMap accepted(CorrectionAccepted correction, GridGeometry grid) {
    LabelMap accepted = labels(correction.acceptedLabels());
    try {
      GridGeometry.requireSameGrid(grid, accepted.geometry());
    } catch (IllegalArgumentException e) {
      throw new Defect(
          ReasonCode.UNEXPECTED,
          "the labels of correction "
              + correction.id()
              + " are not on the grid of series "
              + correction.series(),
          e);
    }
    // Their grids may differ by rounding; the files share one.
    return new LabelMap(grid, accepted.toArray());
  }
}

package org.firstpass.dataset;

import java.util.List;
import java.util.Locale;
import org.firstpass.dataset.split.ImageLedger;
import org.firstpass.dataset.split.ImageSignature;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesRevision;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/** A case as its source instances and the accepted Segmentation, without what names a person. */
final class DicomFiles implements CaseFiles {
  private final CaseReader reader;
  private final StagingFolder staging;
  private final LabelTable labels;
  private final ImageLedger images;

  DicomFiles(CaseReader reader, StagingFolder staging, LabelTable labels, ImageLedger images) {
    this.reader = reader;
    this.staging = staging;
    this.labels = labels;
    this.images = images;
  }

  @Override
  public CaseContent write(PlannedCase planned, SeriesRevision revision) {
    CorrectionAccepted correction = planned.series().counted();
    PatientKey patient = correction.input().patient();
    Volume volume = reader.volume(revision);
    images.note(List.of(new ImageLedger.Seen(patient, revision.hash(), ImageSignature.of(volume))));
    LabelMap applied = labels.apply(reader.accepted(correction, volume.geometry()), 0);
    String folder = StagingFolder.folder(planned.name());
    // What an export in another format left there is of no use.
    staging.remove(folder);
    int number = 0;
    for (InstanceSource source : reader.sources(revision)) {
      number++;
      String name = String.format(Locale.ROOT, "%s/source/%06d.dcm", folder, number);
      staging.write(name, out -> CleanInstance.write(source, patient, out));
    }
    InstanceSource segmentation = reader.source(correction.segmentation().digest());
    staging.write(
        folder + "/" + DicomLayout.SEGMENTATION,
        out -> CleanInstance.write(segmentation, patient, out));
    return new CaseContent(
        StagingFolder.digest(out -> NiftiWriter.write(volume, out)),
        StagingFolder.digest(out -> NiftiWriter.write(applied, out)),
        volume.geometry(),
        labels.voxels(applied));
  }
}

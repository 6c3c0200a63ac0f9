package org.firstpass.dataset;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.firstpass.dataset.DatasetCase.NiftiFile;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one case from the store and writes its two files, on one grid. Safe for use by many
 * threads; each holds one image and its labels.
 */
final class CaseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CaseWriter.class);
  private static final String READER_PURPOSE = "reader";

  private final CaseReader reader;
  private final StagingFolder staging;
  private final DatasetLayout layout;
  private final LabelTable labels;
  private final DatasetSecret secret;

  CaseWriter(
      CaseReader reader,
      StagingFolder staging,
      DatasetLayout layout,
      LabelTable labels,
      DatasetSecret secret) {
    this.reader = reader;
    this.staging = staging;
    this.layout = layout;
    this.labels = labels;
    this.secret = secret;
  }

  /** Writes the case, or leaves it out if its series is one that cannot be read as a volume. */
  CaseOutcome write(PlannedCase planned) {
    CorrectionAccepted correction = planned.correction();
    SeriesRevision revision = reader.revision(correction.input());
    Volume volume;
    try {
      volume = reader.volume(revision);
    } catch (StudyRefused e) {
      LOG.warn(
          "correction {} of series {} is left out: {} {}",
          correction.id(),
          correction.series(),
          e.code().code(),
          e.getMessage());
      return new CaseOutcome.LeftOut(DatasetPlanner.refused(correction, e));
    }
    LabelMap accepted = acceptedLabels(correction, volume);
    int background = planned.backgroundUnknown() ? labels.ignoreValue() : 0;
    LabelMap applied = labels.apply(accepted, background);
    String imagePath = layout.image(planned.name(), planned.split());
    String labelPath = layout.label(planned.name(), planned.split());
    var files =
        new DatasetCase.Files(
            writeFile(imagePath, out -> NiftiWriter.write(volume, out)),
            writeFile(labelPath, out -> NiftiWriter.write(applied, out)),
            volume.geometry(),
            labels.voxels(applied));
    return new CaseOutcome.Written(
        new DatasetCase(
            planned.name(),
            planned.split(),
            source(correction, revision),
            files,
            provenance(correction),
            correction.decisions()));
  }

  private LabelMap acceptedLabels(CorrectionAccepted correction, Volume volume) {
    LabelMap accepted = reader.labels(correction.acceptedLabels());
    try {
      GridGeometry.requireSameGrid(volume.geometry(), accepted.geometry());
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
    return volume.withLabels(accepted.toArray());
  }

  private NiftiFile writeFile(String path, StagingFolder.Content nifti) {
    MessageDigest digest = Sha256.newDigest();
    staging.write(
        path,
        out -> {
          var gzip = new FastGzip(out);
          nifti.writeTo(new DigestOutputStream(gzip, digest));
          gzip.finish();
        });
    return new NiftiFile(path, Sha256.from(digest.digest()));
  }

  private static DatasetCase.Source source(CorrectionAccepted correction, SeriesRevision revision) {
    return new DatasetCase.Source(
        correction.input().patient(),
        correction.input().reference(),
        correction.input().revision(),
        correction.input().revisionHash(),
        revision.instances().stream().map(InstanceReference::instance).toList());
  }

  private DatasetCase.Provenance provenance(CorrectionAccepted correction) {
    return new DatasetCase.Provenance(
        correction.id(),
        correction.time(),
        correction.taskId(),
        new DatasetCase.Reading(
            "reader_" + secret.pseudonym(READER_PURPOSE, correction.reader()),
            correction.activeMillis()),
        new DatasetCase.Proposed(
            correction.proposalId(),
            correction.modelPackage(),
            correction.proposedLabels().digest()),
        new DatasetCase.Outcome(
            correction.acceptedLabels().digest(), correction.segmentation().digest()));
  }

  /** Level 1: noise in the low bits of an image does not compress, however long one tries. */
  private static final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    FastGzip(OutputStream out) throws java.io.IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

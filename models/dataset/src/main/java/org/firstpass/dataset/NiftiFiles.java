package org.firstpass.dataset;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.firstpass.dataset.split.ImageLedger;
import org.firstpass.dataset.split.ImageSignature;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/**
 * A case as an image and a label NIfTI on one grid. What an earlier version of the data set has
 * already is shared with it.
 */
final class NiftiFiles implements CaseFiles {
  private final CaseReader reader;
  private final StagingFolder staging;
  private final LabelTable labels;
  private final ImageLedger images;
  private final KnownFiles known;

  NiftiFiles(
      CaseReader reader,
      StagingFolder staging,
      LabelTable labels,
      ImageLedger images,
      KnownFiles known) {
    this.reader = reader;
    this.staging = staging;
    this.labels = labels;
    this.images = images;
    this.known = known;
  }

  private record Image(Sha256 digest, GridGeometry geometry) {}

  private record Label(Sha256 digest, SortedMap<Integer, Long> voxels) {}

  @Override
  public CaseContent write(PlannedCase planned, SeriesRevision revision) {
    CorrectionAccepted correction = planned.series().counted();
    Image image = image(planned, revision);
    int background = planned.backgroundUnknown() ? labels.ignoreValue() : 0;
    Sha256 key =
        KnownFiles.labelKey(
            revision.hash(), correction.acceptedLabels().digest(), labels.values(), background);
    Label label = label(planned, image.geometry(), background, key);
    var content = new CaseContent(image.digest(), label.digest(), image.geometry(), label.voxels());
    staging.rewrite(
        StagingFolder.note(planned.name()),
        out -> out.write(DatasetJson.write(new KnownFiles.Note(revision.hash(), key, content))));
    return content;
  }

  private Image image(PlannedCase planned, SeriesRevision revision) {
    CorrectionAccepted correction = planned.series().counted();
    String path = StagingFolder.image(planned.name());
    Optional<KnownFiles.Image> before = known.image(revision.hash());
    if (before.isPresent() && images.knows(correction.input().patient(), revision.hash())) {
      staging.share(before.get().file(), path);
      return new Image(before.get().digest(), before.get().geometry());
    }
    Volume volume = reader.volume(revision);
    images.note(
        List.of(
            new ImageLedger.Seen(
                correction.input().patient(), revision.hash(), ImageSignature.of(volume))));
    return new Image(write(path, out -> NiftiWriter.write(volume, out)), volume.geometry());
  }

  private Label label(PlannedCase planned, GridGeometry grid, int background, Sha256 key) {
    String path = StagingFolder.label(planned.name());
    Optional<KnownFiles.Label> before = known.label(key);
    if (before.isPresent()) {
      staging.share(before.get().file(), path);
      return new Label(before.get().digest(), before.get().voxels());
    }
    LabelMap applied = labels.apply(reader.accepted(planned.series().counted(), grid), background);
    return new Label(write(path, out -> NiftiWriter.write(applied, out)), labels.voxels(applied));
  }

  private Sha256 write(String path, StagingFolder.Content nifti) {
    MessageDigest digest = Sha256.newDigest();
    staging.rewrite(
        path,
        out -> {
          var gzip = new FastGzip(out);
          nifti.writeTo(new DigestOutputStream(gzip, digest));
          gzip.finish();
        });
    return Sha256.from(digest.digest());
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

package org.firstpass.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSpace;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.PatientKey;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/**
 * Single corrections as files, as data sets have them: the same voxels, the same grid, and DICOM by
 * the same list of attributes. Safe for use by many threads.
 */
public final class CorrectionFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The first that a ZIP can say. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final CaseReader reader;

  public CorrectionFiles(ObjectStore store) {
    this.reader = new CaseReader(store);
  }

  /** Bytes that are ready to be written. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The accepted labels as NIfTI, gzipped. A voxel has its Segment Number, 0 outside; data sets
   * number their labels from 1 without gaps instead.
   *
   * @throws StudyRefused NO_PATIENT_GEOMETRY
   */
  public Content labels(CorrectionAccepted correction) {
    LabelMap labels = reader.labels(correction.acceptedLabels());
    if (labels.geometry().space() != GridSpace.PATIENT) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "series " + correction.series() + " has no place in patient space");
    }
    return gzip(out -> NiftiWriter.write(labels, out));
  }

  /**
   * The image on the same grid as NIfTI, gzipped: values after rescale.
   *
   * @throws StudyRefused NO_PATIENT_GEOMETRY, or what else speaks against the image
   */
  public Content image(CorrectionAccepted correction) {
    Volume volume = reader.volume(reader.revision(correction.input()));
    return gzip(out -> NiftiWriter.write(volume, out));
  }

  /** The accepted Segmentation without what names a person. */
  public Content segmentation(CorrectionAccepted correction) {
    InstanceSource source = reader.source(correction.segmentation().digest());
    return out -> CleanInstance.write(source, correction.input().patient(), out);
  }

  /** The instances of the series without what names a person, in a ZIP that is always the same. */
  public Content sources(CorrectionAccepted correction) {
    List<InstanceSource> sources = reader.sources(reader.revision(correction.input()));
    PatientKey patient = correction.input().patient();
    return out -> {
      var zip = new ZipOutputStream(out);
      int number = 0;
      for (InstanceSource source : sources) {
        number++;
        var entry = new ZipEntry(String.format(Locale.ROOT, "%06d.dcm", number));
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        CleanInstance.write(source, patient, zip);
        zip.closeEntry();
      }
      zip.finish();
    };
  }

  private static Content gzip(Content plain) {
    return out -> {
      var gzip = new GZIPOutputStream(out, BUFFER_BYTES);
      plain.writeTo(gzip);
      gzip.finish();
    };
  }
}

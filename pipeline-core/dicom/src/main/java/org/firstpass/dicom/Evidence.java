package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * The objects on which a document rests: instances of its source series and a segmentation of it,
 * all of one study.
 *
 * @see "PS3.3 C.17.2, Current Requested Procedure Evidence Sequence"
 */
final class Evidence {
  private final SourceSeries source;
  private final List<SourceFrame> frames;
  private final @Nullable ReferencedSegmentation segmentation;

  private Evidence(
      SourceSeries source,
      List<SourceFrame> frames,
      @Nullable ReferencedSegmentation segmentation) {
    this.source = source;
    this.frames = frames;
    this.segmentation = segmentation;
  }

  /** The whole series and a segmentation. */
  static Evidence of(SourceSeries source, ReferencedSegmentation segmentation) {
    return new Evidence(source, source.frames(), segmentation);
  }

  /** Some frames of the series, and perhaps a segmentation. */
  static Evidence of(
      SourceSeries source,
      List<SourceFrame> frames,
      Optional<ReferencedSegmentation> segmentation) {
    return new Evidence(source, frames, segmentation.orElse(null));
  }

  void addTo(Attributes document) {
    Attributes study = new Attributes();
    Sequence series = study.newSequence(Tag.ReferencedSeriesSequence, 2);
    if (!frames.isEmpty()) {
      Attributes images = new Attributes();
      SourcePlanes.addInstances(images.newSequence(Tag.ReferencedSOPSequence, 16), frames);
      images.setString(Tag.SeriesInstanceUID, VR.UI, source.reference().series().value());
      series.add(images);
    }
    if (segmentation != null) {
      Attributes item = new Attributes();
      item.newSequence(Tag.ReferencedSOPSequence, 1)
          .add(reference(segmentation.sopClass().value(), segmentation.instance().value()));
      item.setString(Tag.SeriesInstanceUID, VR.UI, segmentation.series().value());
      series.add(item);
    }
    study.setString(Tag.StudyInstanceUID, VR.UI, source.reference().study().value());
    document.newSequence(Tag.CurrentRequestedProcedureEvidenceSequence, 1).add(study);
  }

  static Attributes reference(String sopClass, String instance) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
    return item;
  }
}

package org.firstpass.dicom;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.StudyReference;

/**
 * The instances from which a volume was read, slice by slice, and their patient and study.
 *
 * <p>Immutable.
 */
public final class SourceSeries {
  private final StudyReference reference;
  private final GridGeometry geometry;
  private final List<SourceFrame> frames;
  private final Attributes header;

  SourceSeries(
      StudyReference reference,
      GridGeometry geometry,
      List<SourceFrame> frames,
      Attributes header) {
    this.reference = reference;
    this.geometry = geometry;
    this.frames = List.copyOf(frames);
    this.header = header;
  }

  public StudyReference reference() {
    return reference;
  }

  /** The grid of the volume. Its frame of reference is derived from the series if it has none. */
  public GridGeometry geometry() {
    return geometry;
  }

  /** Whether the grid lies in patient space, and not in the plane of the image alone. */
  public boolean patientGeometry() {
    return geometry.space().isPatient();
  }

  /** The source of each slice, in slice order. */
  List<SourceFrame> frames() {
    return frames;
  }

  /** A copy of the attributes of the first instance: no pixel data, private or per-frame ones. */
  Attributes patientStudyAttributes() {
    // The toolkit decodes values in place when they are read, so copies are taken one at a time.
    synchronized (header) {
      return new Attributes(header);
    }
  }
}

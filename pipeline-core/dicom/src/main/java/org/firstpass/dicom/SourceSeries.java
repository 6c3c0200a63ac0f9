package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.finding.ImageFrame;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.StudyReference;

/**
 * The instances from which a volume was read, slice by slice, and their patient and study.
 *
 * <p>Immutable.
 */
public final class SourceSeries {
  /** As far from a slice as rounding leads, in slices. */
  private static final double ON_SLICE = 0.01;

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

  /**
   * Manufacturer (0008,0070) and Manufacturer's Model Name (0008,1090) in one line, the first only
   * if the second does not begin with it; empty if neither is there.
   */
  public String equipment() {
    Attributes copy = patientStudyAttributes();
    return equipment(
        copy.getString(Tag.Manufacturer, ""), copy.getString(Tag.ManufacturerModelName, ""));
  }

  static String equipment(String manufacturer, String modelName) {
    String maker = line(manufacturer);
    String model = line(modelName);
    return model.startsWith(maker) ? model : (maker + " " + model).strip();
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }

  /** The frame in whose plane all the points lie, if there is one. */
  public Optional<ImageFrame> frameOf(Outline outline) {
    List<Double> slices =
        outline.points().stream().map(point -> geometry.toIndex(point).slice()).toList();
    long slice = Math.round(slices.get(0));
    boolean onOne = slices.stream().allMatch(at -> Math.abs(at - slice) <= ON_SLICE);
    if (!onOne || slice < 0 || slice >= frames.size()) {
      return Optional.empty();
    }
    SourceFrame frame = frames.get((int) slice);
    return Optional.of(new ImageFrame(frame.instance(), Math.max(1, frame.frameNumber())));
  }

  /** A copy of the attributes of the first instance: no pixel data, private or per-frame ones. */
  Attributes patientStudyAttributes() {
    // The toolkit decodes values in place when they are read, so copies are taken one at a time.
    synchronized (header) {
      return new Attributes(header);
    }
  }
}

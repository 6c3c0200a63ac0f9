package org.firstpass.dicom;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Where frames lie that do not say it, but on which image they were drawn: where that image lies.
 *
 * <p>Only the one image that a frame names counts, and only if it has as many rows and columns. Not
 * thread-safe.
 *
 * @see "PS3.3 C.7.6.16.2.6"
 */
final class ImagePlanes {
  private static final int[] PLANE = {
    Tag.ImagePositionPatient, Tag.ImageOrientationPatient, Tag.PixelSpacing
  };

  private final Set<SeriesInstanceUid> series;
  private final ReferencedImages images;
  private final int rows;
  private final int columns;
  private final Map<SopInstanceUid, Optional<Attributes>> planes = new HashMap<>();
  private @Nullable Map<SopInstanceUid, InstanceSource> sources;

  ImagePlanes(Set<SeriesInstanceUid> series, ReferencedImages images, SegmentPixels pixels) {
    this.series = series;
    this.images = images;
    this.rows = pixels.rows();
    this.columns = pixels.columns();
  }

  /** What the image says of its plane on which a frame with these functional groups was drawn. */
  Optional<Attributes> of(Attributes frame) {
    return only(frame, Tag.DerivationImageSequence)
        .flatMap(derivation -> only(derivation, Tag.SourceImageSequence))
        .filter(image -> !image.containsValue(Tag.ReferencedFrameNumber))
        .map(image -> image.getString(Tag.ReferencedSOPInstanceUID, ""))
        .filter(DicomUids::hasShape)
        .flatMap(image -> planes.computeIfAbsent(new SopInstanceUid(image), this::read));
  }

  /** The one frame of the one image that a frame with these functional groups names. */
  Optional<FramePlace> reference(Attributes frame) {
    return only(frame, Tag.DerivationImageSequence)
        .flatMap(derivation -> only(derivation, Tag.SourceImageSequence))
        .flatMap(ImagePlanes::onImage);
  }

  private static Optional<FramePlace> onImage(Attributes image) {
    String uid = image.getString(Tag.ReferencedSOPInstanceUID, "");
    int[] frames = image.getInts(Tag.ReferencedFrameNumber);
    boolean several = frames != null && frames.length > 1;
    if (!DicomUids.hasShape(uid) || several) {
      return Optional.empty();
    }
    return Optional.of(
        new FramePlace.OnImage(
            new SopInstanceUid(uid), image.getInt(Tag.ReferencedFrameNumber, 0)));
  }

  private Optional<Attributes> read(SopInstanceUid image) {
    InstanceSource source = sources().get(image);
    if (source == null) {
      return Optional.empty();
    }
    try (InstanceStream stream = InstanceStream.open(source)) {
      Attributes header = stream.header();
      boolean sameSize =
          header.getInt(Tag.Rows, 0) == rows && header.getInt(Tag.Columns, 0) == columns;
      return sameSize ? Optional.of(plane(header)) : Optional.empty();
    }
  }

  private Map<SopInstanceUid, InstanceSource> sources() {
    Map<SopInstanceUid, InstanceSource> found = sources;
    if (found == null) {
      found = new HashMap<>();
      for (SeriesInstanceUid each : series) {
        found.putAll(images.of(each));
      }
      sources = found;
    }
    return found;
  }

  private static Attributes plane(Attributes header) {
    var plane = new Attributes();
    for (int tag : PLANE) {
      double[] values = header.getDoubles(tag);
      if (values != null) {
        plane.setDouble(tag, VR.DS, values);
      }
    }
    return plane;
  }

  private static Optional<Attributes> only(Attributes parent, int tag) {
    Sequence items = parent.getSequence(tag);
    return items != null && items.size() == 1 ? Optional.of(items.get(0)) : Optional.empty();
  }
}

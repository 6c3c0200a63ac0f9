package org.firstpass.dicom;

import java.util.List;
import org.firstpass.study.StudyReference;

/**
 * What a series says of itself, for routing it to a model package.
 *
 * @param modality Modality (0008,0060), empty if absent
 * @param bodyPart Body Part Examined (0018,0015), empty if absent
 * @param seriesDescription Series Description (0008,103E), empty if absent
 * @param imageType the values of Image Type (0008,0008) of its first instance
 * @param colour whether its pixels have more than one channel or a palette
 * @param patientGeometry whether every frame has a position and an orientation in patient space; if
 *     not, the position and the axes of the volume's grid mean nothing
 * @param frames how many frames it has in all its instances
 * @param acquisition how it was acquired
 */
public record SeriesDescription(
    StudyReference reference,
    String modality,
    String bodyPart,
    String seriesDescription,
    List<String> imageType,
    boolean colour,
    boolean patientGeometry,
    int frames,
    Acquisition acquisition) {
  /** A series of whose acquisition nothing is known. */
  public SeriesDescription(
      StudyReference reference,
      String modality,
      String bodyPart,
      String seriesDescription,
      List<String> imageType,
      boolean colour,
      boolean patientGeometry,
      int frames) {
    this(
        reference,
        modality,
        bodyPart,
        seriesDescription,
        imageType,
        colour,
        patientGeometry,
        frames,
        Acquisition.UNKNOWN);
  }

  public SeriesDescription {
    imageType = List.copyOf(imageType);
  }
}

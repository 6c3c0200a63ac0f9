package org.firstpass.dicom;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.dicom.pixel.PixelFormat;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * One instance of an image series as its header describes it.
 *
 * @param frameOfReference none if the attribute is missing or empty
 * @param acquired Acquisition Date and Time; none if missing or malformed
 * @param pixels how to read its pixel data; as many frames as listed
 */
record InstanceSurvey(
    InstanceSource source,
    SopInstanceUid instance,
    SopClassUid sopClass,
    Optional<FrameOfReferenceUid> frameOfReference,
    Optional<LocalDateTime> acquired,
    PixelData pixels,
    List<SurveyedFrame> frames) {

  /**
   * Reads what a header says.
   *
   * @throws StudyRefused NOT_AN_IMAGE, NO_PIXEL_DATA, UNSUPPORTED_TRANSFER_SYNTAX,
   *     UNSUPPORTED_PIXEL_FORMAT or MALFORMED_INSTANCE
   */
  static InstanceSurvey of(
      InstanceSource source, InstanceStream stream, InstanceIdentity identity) {
    Attributes header = stream.header();
    var image = new Elements(header, "instance " + identity.instance());
    ImageClass imageClass = ImageClass.of(identity.sopClass());
    requireImage(image, imageClass, identity, stream.hasPixelData());
    PixelFormat format = PixelFormat.of(image);
    Encoding encoding = encoding(stream.data().getTransferSyntax(), image);
    List<SurveyedFrame> frames = new FunctionalGroups(image, identity, imageClass).frames();
    Optional<FrameOfReferenceUid> frameOfReference =
        InstanceIdentity.uid(image, Tag.FrameOfReferenceUID, FrameOfReferenceUid::new);
    return new InstanceSurvey(
        source,
        identity.instance(),
        identity.sopClass(),
        frameOfReference,
        DicomMoment.of(image, Tag.AcquisitionDate, Tag.AcquisitionTime),
        new PixelData(format, frames.size(), encoding, image.owner()),
        new ArrayList<>(frames));
  }

  private static void requireImage(
      Elements image, ImageClass imageClass, InstanceIdentity identity, boolean hasPixelData) {
    boolean looksLikeOne = image.has(Tag.Rows) || image.has(Tag.Columns);
    if (imageClass == ImageClass.NOT_AN_IMAGE
        || imageClass == ImageClass.OTHER_IMAGE && !looksLikeOne) {
      throw new StudyRefused(
          ReasonCode.NOT_AN_IMAGE,
          image.owner() + ": SOP class " + identity.sopClass() + " is not one of images");
    }
    if (!hasPixelData) {
      throw new StudyRefused(
          ReasonCode.NO_PIXEL_DATA, image.owner() + ": there is no Pixel Data (7FE0,0010)");
    }
    if (!image.items(Tag.ModalityLUTSequence).isEmpty()) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
          image.owner() + ": this build does not read images with a Modality LUT (0028,3000)");
    }
  }

  private static Encoding encoding(String transferSyntax, Elements image) {
    return Encoding.of(transferSyntax)
        .orElseThrow(
            () ->
                new StudyRefused(
                    ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
                    image.owner()
                        + ": this build does not decode transfer syntax "
                        + transferSyntax));
  }
}

package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Reads DICOM Segmentations of any maker: BINARY, FRACTIONAL and LABELMAP; little endian,
 * uncompressed, deflated or in RLE Lossless.
 *
 * @see "PS3.3 C.8.20"
 */
public final class SegmentationReader {
  private static final Set<String> SYNTAXES =
      Set.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian,
          UID.RLELossless);
  private static final double HALF = 0.5;
  private static final int BUFFER = 1 << 16;

  /** Longer values are passed over: none that is read comes near. */
  private static final int LONGEST_VALUE = 1 << 20;

  private SegmentationReader() {}

  /**
   * Reads one object; a pixel of a fractional one belongs to its segment from half of the Maximum
   * Fractional Value on.
   *
   * @see #read(InstanceSource, double)
   */
  public static Segmentation read(InstanceSource source) {
    return read(source, HALF);
  }

  /**
   * Reads one object into memory, about as large as its file.
   *
   * @param threshold the share of the Maximum Fractional Value, above 0 to 1, from which on a pixel
   *     of a FRACTIONAL object belongs to its segment
   * @throws StudyRefused NOT_AN_IMAGE if it is no segmentation; UNSUPPORTED_PIXEL_FORMAT if its
   *     type or depth is not one of the standard's; UNSUPPORTED_TRANSFER_SYNTAX if it is big endian
   *     or compressed other than by RLE; NO_PATIENT_GEOMETRY if a frame has no place in patient
   *     space; NO_PIXEL_DATA; DAMAGED_PIXEL_DATA; TOO_LARGE from 2 GiB on; MALFORMED_INSTANCE
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static Segmentation read(InstanceSource source, double threshold) {
    return read(source, threshold, ReferencedImages.NONE);
  }

  /**
   * Reads one object whose frames may leave out where they lie: then they lie where the image does
   * on which they say that they were drawn.
   *
   * @see #read(InstanceSource, double)
   */
  public static Segmentation read(InstanceSource source, ReferencedImages images) {
    return read(source, HALF, images);
  }

  private static Segmentation read(
      InstanceSource source, double threshold, ReferencedImages images) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold is above 0 to 1, but is " + threshold);
    }
    try (SourceStream bytes = new SourceStream(source);
        DicomInputStream in = new BoundedInput(new BufferedInputStream(bytes, BUFFER))) {
      in.setIncludeBulkData(DicomInputStream.IncludeBulkData.NO);
      in.setBulkDataDescriptor(
          (path, creator, tag, vr, length) -> vr != VR.SQ && length > LONGEST_VALUE);
      Attributes header = in.readDataset(-1, Tag.PixelData);
      requireReadable(header, in.getTransferSyntax());
      if (in.tag() != Tag.PixelData) {
        throw new StudyRefused(ReasonCode.NO_PIXEL_DATA, "the segmentation has no pixel data");
      }
      bytes.endOfHeader();
      return segmentation(header, SegmentPixels.read(header, in, threshold), images);
    } catch (SourceStream.SourceUnavailable e) {
      throw e.tryAgain();
    } catch (StudyRefused e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw malformed("expected a DICOM segmentation, found bytes that do not parse", e);
    } catch (StackOverflowError e) {
      throw malformed("expected a DICOM segmentation, found sequences nested without end", null);
    }
  }

  private static void requireReadable(Attributes attributes, String transferSyntax) {
    String sopClass = attributes.getString(Tag.SOPClassUID, "");
    if (!sopClass.equals(SopClasses.SEGMENTATION)
        && !sopClass.equals(SopClasses.LABEL_MAP_SEGMENTATION)) {
      throw new StudyRefused(
          ReasonCode.NOT_AN_IMAGE,
          "expected Segmentation or Label Map Segmentation Storage, found another SOP class");
    }
    if (!SYNTAXES.contains(transferSyntax)) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          "expected a little endian segmentation, uncompressed or RLE, found " + transferSyntax);
    }
  }

  private static Segmentation segmentation(
      Attributes attributes, SegmentPixels pixels, ReferencedImages images) {
    List<StatedSegment> segments = SegmentReading.segments(attributes);
    SegmentationReferences references = SegmentationReferences.of(attributes);
    var planes = new ImagePlanes(references.series(), images, pixels);
    return new Segmentation(
        new Segmentation.Identity(
            new SopInstanceUid(uid(attributes, Tag.SOPInstanceUID)),
            new StudyInstanceUid(uid(attributes, Tag.StudyInstanceUID)),
            overlap(attributes)),
        references,
        segments,
        frames(attributes, pixels, segments, planes),
        pixels);
  }

  private static List<SegmentationFrame> frames(
      Attributes attributes,
      SegmentPixels pixels,
      List<StatedSegment> segments,
      ImagePlanes planes) {
    Sequence perFrame = attributes.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    int found = perFrame == null ? 0 : perFrame.size();
    if (perFrame == null || found != pixels.frames()) {
      throw malformed(
          "expected %d per-frame functional groups, found %d".formatted(pixels.frames(), found),
          null);
    }
    Set<Integer> numbers =
        segments.stream().map(each -> each.segment().number()).collect(Collectors.toSet());
    Attributes shared = attributes.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    String frameOfReference = attributes.getString(Tag.FrameOfReferenceUID, "");
    List<SegmentationFrame> frames = new ArrayList<>(perFrame.size());
    for (int i = 0; i < perFrame.size(); i++) {
      SegmentationFrame frame =
          SegmentationFrame.of(
              new SegmentationFrame.Groups(perFrame.get(i), shared, frameOfReference, planes),
              i,
              pixels.perSegment());
      if (pixels.perSegment() && !numbers.contains(frame.segment())) {
        throw malformed(
            "frame %d is of segment %d, which is not described".formatted(i + 1, frame.segment()),
            null);
      }
      frames.add(frame);
    }
    return frames;
  }

  private static SegmentsOverlap overlap(Attributes attributes) {
    return switch (attributes.getString(Tag.SegmentsOverlap, "")) {
      case "YES" -> SegmentsOverlap.YES;
      case "NO" -> SegmentsOverlap.NO;
      default -> SegmentsOverlap.UNDEFINED;
    };
  }

  private static String uid(Attributes attributes, int tag) {
    String value = attributes.getString(tag, "");
    DicomUids.requireShape(DicomUids.nameOf(tag), value);
    return value;
  }

  private static StudyRefused malformed(String message, @Nullable Throwable cause) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message, cause);
  }
}

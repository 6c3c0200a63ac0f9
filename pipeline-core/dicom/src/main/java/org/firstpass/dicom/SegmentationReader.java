package org.firstpass.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Reads DICOM Segmentations of any maker: BINARY and LABELMAP, uncompressed or deflated, little
 * endian.
 *
 * @see "PS3.3 C.8.20"
 */
public final class SegmentationReader {
  private static final Set<String> SYNTAXES =
      Set.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian);

  private SegmentationReader() {}

  /**
   * Reads one object into memory, about as large as its file.
   *
   * @throws StudyRefused NOT_AN_IMAGE if it is no segmentation; UNSUPPORTED_PIXEL_FORMAT if it is
   *     FRACTIONAL; UNSUPPORTED_TRANSFER_SYNTAX if it is compressed or big endian;
   *     NO_PATIENT_GEOMETRY if a frame has no place in patient space; NO_PIXEL_DATA;
   *     MALFORMED_INSTANCE
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static Segmentation read(InstanceSource source) {
    try (SourceStream bytes = new SourceStream(source);
        DicomInputStream in = new DicomInputStream(new BufferedInputStream(bytes, 1 << 16))) {
      Attributes attributes = in.readDataset(-1, -1);
      requireReadable(attributes, in.getTransferSyntax());
      return segmentation(attributes);
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
          "expected Segmentation or Label Map Segmentation Storage, found " + sopClass);
    }
    if (!SYNTAXES.contains(transferSyntax)) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          "expected an uncompressed little endian segmentation, found " + transferSyntax);
    }
    String type = attributes.getString(Tag.SegmentationType, "");
    if (!type.equals("BINARY") && !type.equals("LABELMAP")) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
          "expected segmentation type BINARY or LABELMAP, found " + type);
    }
  }

  private static Segmentation segmentation(Attributes attributes) throws IOException {
    SegmentPixels pixels = SegmentPixels.of(attributes);
    List<Segment> segments = SegmentReading.segments(attributes);
    List<SegmentationFrame> frames = frames(attributes, pixels);
    return new Segmentation(
        new SopInstanceUid(uid(attributes, Tag.SOPInstanceUID)),
        new StudyInstanceUid(uid(attributes, Tag.StudyInstanceUID)),
        referencedSeries(attributes),
        segments,
        frames,
        pixels);
  }

  private static List<SegmentationFrame> frames(Attributes attributes, SegmentPixels pixels) {
    Sequence perFrame = attributes.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    int found = perFrame == null ? 0 : perFrame.size();
    if (perFrame == null || found != pixels.frames()) {
      throw malformed(
          "expected %d per-frame functional groups, found %d".formatted(pixels.frames(), found),
          null);
    }
    Attributes shared = attributes.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    String frameOfReference = attributes.getString(Tag.FrameOfReferenceUID, "");
    List<SegmentationFrame> frames = new ArrayList<>(perFrame.size());
    for (int i = 0; i < perFrame.size(); i++) {
      frames.add(
          SegmentationFrame.of(
              new SegmentationFrame.Groups(perFrame.get(i), shared, frameOfReference),
              i,
              pixels.binary()));
    }
    return frames;
  }

  private static Set<SeriesInstanceUid> referencedSeries(Attributes attributes) {
    Set<SeriesInstanceUid> series = new LinkedHashSet<>();
    Sequence items = attributes.getSequence(Tag.ReferencedSeriesSequence);
    if (items != null) {
      for (Attributes item : items) {
        series.add(new SeriesInstanceUid(uid(item, Tag.SeriesInstanceUID)));
      }
    }
    return series;
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

package org.firstpass.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.contour.Contour;
import org.firstpass.dicom.contour.ContourData;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.SegmentAlgorithmType;
import org.jspecify.annotations.Nullable;

/**
 * The regions of a structure set of any maker, joined from its three sequences by ROI Number.
 *
 * @see "PS3.3 C.8.8.5, C.8.8.6, C.8.8.8"
 */
final class RegionReading {
  private static final String DEFAULT_COLOUR = "#808080";
  private static final int FEWEST_POINTS = 3;
  private static final int QUOTED_LENGTH = 16;

  private RegionReading() {}

  static List<ContouredRegion> regions(Attributes attributes) {
    Map<Integer, Attributes> observations = new LinkedHashMap<>();
    for (Attributes item : StructureSetReader.items(attributes, Tag.RTROIObservationsSequence)) {
      // One of no region says nothing.
      observations.putIfAbsent(item.getInt(Tag.ReferencedROINumber, Integer.MIN_VALUE), item);
    }
    Map<Integer, Closed> contours = new LinkedHashMap<>();
    for (Attributes item : StructureSetReader.items(attributes, Tag.ROIContourSequence)) {
      int number = number(item, Tag.ReferencedROINumber);
      contours.computeIfAbsent(number, any -> new Closed(number)).add(item);
    }
    Map<Integer, ContouredRegion> regions = new LinkedHashMap<>();
    for (Attributes item : StructureSetReader.items(attributes, Tag.StructureSetROISequence)) {
      int number = number(item, Tag.ROINumber);
      Closed closed = contours.getOrDefault(number, new Closed(number));
      Attributes observation = observations.getOrDefault(number, new Attributes());
      if (regions.put(number, region(number, item, closed, observation)) != null) {
        throw malformed("expected each ROI Number once, found " + number + " twice");
      }
    }
    contours.keySet().removeAll(regions.keySet());
    if (!contours.isEmpty()) {
      throw malformed("found contours of " + contours.keySet() + ", which are no regions");
    }
    return List.copyOf(regions.values());
  }

  private static ContouredRegion region(
      int number, Attributes item, Closed closed, Attributes observation) {
    return new ContouredRegion(
        new RegionOfInterest(
            number,
            item.getString(Tag.ROIName, "").strip(),
            codes(observation),
            algorithmType(item.getString(Tag.ROIGenerationAlgorithm, "")),
            observation.getString(Tag.ROIInterpreter, "").strip(),
            closed.colour),
        item.getString(Tag.ReferencedFrameOfReferenceUID, ""),
        List.copyOf(closed.contours),
        closed.notes());
  }

  /** The contours of one region as they are collected. */
  private static final class Closed {
    private final int region;
    private final List<Contour> contours = new ArrayList<>();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private String colour = DEFAULT_COLOUR;

    Closed(int region) {
      this.region = region;
    }

    void add(Attributes item) {
      colour = colour(item);
      for (Attributes contour : StructureSetReader.items(item, Tag.ContourSequence)) {
        addContour(contour);
      }
    }

    private void addContour(Attributes item) {
      String type = item.getString(Tag.ContourGeometricType, "").strip();
      double[] coordinates = coordinates(item);
      boolean xor = type.equals(StructureSetItems.CLOSED_PLANAR_XOR);
      if (!xor && !type.equals(StructureSetItems.CLOSED_PLANAR)) {
        ignored.merge("of type " + quoted(type), 1, Integer::sum);
      } else if (coordinates.length / 3 < FEWEST_POINTS) {
        ignored.merge("of less than " + FEWEST_POINTS + " points", 1, Integer::sum);
      } else {
        contours.add(
            new Contour(xor ? Contour.Combination.XOR : Contour.Combination.PLAIN, coordinates));
      }
    }

    private double[] coordinates(Attributes item) {
      try {
        byte[] text = item.getBytes(Tag.ContourData);
        double[] coordinates = text == null ? new double[0] : ContourData.read(text);
        int stated = item.getInt(Tag.NumberOfContourPoints, coordinates.length / 3);
        if (coordinates.length % 3 != 0 || stated != coordinates.length / 3) {
          throw malformed(
              "expected a contour of region %d with %d points, found %d coordinates"
                  .formatted(region, stated, coordinates.length));
        }
        return coordinates;
      } catch (IOException | NumberFormatException e) {
        throw new StudyRefused(
            ReasonCode.MALFORMED_INSTANCE,
            "region " + region + " has a contour whose coordinates are no numbers",
            e);
      }
    }

    List<String> notes() {
      return ignored.entrySet().stream()
          .map(entry -> "ignored contours " + entry.getKey() + ": " + entry.getValue())
          .toList();
    }

    /** What stands in place of a defined term may be anything, so little of it is repeated. */
    private static String quoted(String type) {
      return type.matches("[A-Z_ ]{1," + QUOTED_LENGTH + "}") ? type : "that is none";
    }
  }

  /** A colour that cannot be read is no reason to refuse the contours. */
  private static String colour(Attributes item) {
    try {
      int[] rgb = item.getInts(Tag.ROIDisplayColor);
      return rgb == null || rgb.length != 3
          ? DEFAULT_COLOUR
          : "#%02x%02x%02x".formatted(rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff);
    } catch (NumberFormatException e) {
      return DEFAULT_COLOUR;
    }
  }

  private static RegionOfInterest.Codes codes(Attributes observation) {
    Attributes type = observation.getNestedDataset(Tag.RTROIIdentificationCodeSequence);
    return new RegionOfInterest.Codes(
        concept(observation.getNestedDataset(Tag.SegmentedPropertyCategoryCodeSequence))
            .orElse(null),
        concept(type).orElse(null),
        type == null
            ? null
            : concept(type.getNestedDataset(Tag.SegmentedPropertyTypeModifierCodeSequence))
                .orElse(null));
  }

  private static Optional<CodedConcept> concept(@Nullable Attributes item) {
    if (item == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CodedConcept(
              item.getString(Tag.CodeValue, ""),
              item.getString(Tag.CodingSchemeDesignator, ""),
              item.getString(Tag.CodeMeaning, "")));
    } catch (IllegalArgumentException e) {
      // An incomplete code says nothing; the name is left.
      return Optional.empty();
    }
  }

  private static @Nullable SegmentAlgorithmType algorithmType(String term) {
    for (SegmentAlgorithmType type : SegmentAlgorithmType.values()) {
      if (type.name().equals(term)) {
        return type;
      }
    }
    return null;
  }

  private static int number(Attributes item, int tag) {
    int number = item.getInt(tag, Integer.MIN_VALUE);
    if (number == Integer.MIN_VALUE) {
      throw malformed("expected " + DicomUids.nameOf(tag) + ", found none");
    }
    return number;
  }

  private static StudyRefused malformed(String message) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message);
  }
}

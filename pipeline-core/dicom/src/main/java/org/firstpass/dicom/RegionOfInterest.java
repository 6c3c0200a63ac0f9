package org.firstpass.dicom;

import java.util.Optional;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.SegmentAlgorithmType;
import org.jspecify.annotations.Nullable;

/**
 * One structure of a structure set, as its maker describes it.
 *
 * @param number its ROI Number, unique in the object
 * @param name its ROI Name, possibly empty
 * @param codes what it is; nothing but a name if its maker does not say
 * @param algorithmType who made it, null if its maker does not say
 * @param interpreter who is responsible for it (ROI Interpreter), empty if none is named
 * @param colour the recommended display colour, {@code #rrggbb}
 * @see "PS3.3 C.8.8.5, C.8.8.8"
 */
public record RegionOfInterest(
    int number,
    String name,
    Codes codes,
    @Nullable SegmentAlgorithmType algorithmType,
    String interpreter,
    String colour) {

  /**
   * What a region is, by code.
   *
   * @param category Segmented Property Category, null if not said
   * @param type RT ROI Identification Code, null if not said
   * @param typeModifier for instance the laterality, null if there is none
   */
  public record Codes(
      @Nullable CodedConcept category,
      @Nullable CodedConcept type,
      @Nullable CodedConcept typeModifier) {
    static final Codes NONE = new Codes(null, null, null);
  }

  public Optional<CodedConcept> category() {
    return Optional.ofNullable(codes.category());
  }

  public Optional<CodedConcept> type() {
    return Optional.ofNullable(codes.type());
  }

  public Optional<CodedConcept> modifier() {
    return Optional.ofNullable(codes.typeModifier());
  }

  /** Who made it, none if its maker does not say. */
  public Optional<SegmentAlgorithmType> madeBy() {
    return Optional.ofNullable(algorithmType);
  }
}

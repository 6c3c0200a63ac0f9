package org.firstpass.dicom;

import java.util.Optional;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Where a SEG object comes from besides its source and its model, and what it may be used for.
 *
 * @param qualification RESEARCH unless the model is an approved product
 * @param creatorId what a system calls the person who is the content creator, 1 to 64 characters;
 *     empty if the creator is no person. It becomes the Content Creator's Identification Code
 * @param statedPredecessor the object that was corrected, null if there is none
 * @see "PS3.3 10.1, C.7.6.1.1.4, C.8.20.2"
 */
public record SegmentationProvenance(
    ContentQualification qualification, String creatorId, @Nullable Predecessor statedPredecessor) {
  /** Made by a model that is no approved product, from nothing but its source. */
  public static final SegmentationProvenance OF_A_RESEARCH_MODEL =
      new SegmentationProvenance(ContentQualification.RESEARCH, "", null);

  private static final int CODE = 64;

  public SegmentationProvenance {
    if (creatorId.length() > CODE || creatorId.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "creatorId has at most " + CODE + " characters and no backslash");
    }
  }

  /** An object that another one was derived from. */
  public record Predecessor(
      SopClassUid sopClass, SopInstanceUid instance, SeriesInstanceUid series) {
    /** A SEG of type BINARY, as proposals are stored. */
    public static Predecessor segmentation(SopInstanceUid instance, SeriesInstanceUid series) {
      return new Predecessor(new SopClassUid(SopClasses.SEGMENTATION), instance, series);
    }
  }

  public Optional<Predecessor> predecessor() {
    return Optional.ofNullable(statedPredecessor);
  }
}

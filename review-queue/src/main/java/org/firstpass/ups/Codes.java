package org.firstpass.ups;

import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.DiscontinuationReason;

/** Coded concepts of workitems, as items of code sequences. */
final class Codes {
  private static final String DICOM = "DCM";

  /** What only this installation knows: who is called how here. */
  private static final String LOCAL = "99FIRSTPASS";

  private static final int MAX_VALUE = 16;
  private static final int MAX_MEANING = 64;

  private Codes() {}

  /**
   * @see "PS3.16 CID 9231"
   */
  static DataSet interpretation() {
    return code("110005", DICOM, "Interpretation");
  }

  static DataSet algorithmName() {
    return code("111001", DICOM, "Algorithm Name");
  }

  static DataSet algorithmVersion() {
    return code("111003", DICOM, "Algorithm Version");
  }

  static DataSet reason(DiscontinuationReason reason) {
    return code(reason.code(), DICOM, reason.meaning());
  }

  /** The subject, never a display name. */
  static DataSet person(String subject) {
    return code(shortened(subject, MAX_VALUE), LOCAL, shortened(subject, MAX_MEANING));
  }

  static DataSet station() {
    return code("FIRSTPASS", LOCAL, "Firstpass");
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  /** The reason of context group 9300 that the first item of a code sequence names. */
  static Optional<DiscontinuationReason> discontinuation(DataSet holder) {
    return holder.items(UpsAttribute.DISCONTINUATION_REASONS).stream()
        .findFirst()
        .filter(
            code ->
                code.text(UpsAttribute.CODING_SCHEME_DESIGNATOR).filter(DICOM::equals).isPresent())
        .flatMap(code -> code.text(UpsAttribute.CODE_VALUE))
        .flatMap(DiscontinuationReason::ofCode);
  }

  /** A code as the item of a code sequence. */
  static DataSet code(String value, String scheme, String meaning) {
    return new DataSet()
        .put(UpsAttribute.CODE_VALUE, value)
        .put(UpsAttribute.CODING_SCHEME_DESIGNATOR, scheme)
        .put(UpsAttribute.CODE_MEANING, meaning);
  }

  static boolean isCode(DataSet code) {
    return code.hasValue(UpsAttribute.CODE_VALUE)
        && code.hasValue(UpsAttribute.CODING_SCHEME_DESIGNATOR)
        && code.hasValue(UpsAttribute.CODE_MEANING);
  }
}

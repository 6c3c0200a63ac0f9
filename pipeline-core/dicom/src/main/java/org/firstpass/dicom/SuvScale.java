package org.firstpass.dicom;

/**
 * What turns the values of a PET into standardised uptake values by body weight, g/ml; or why that
 * is not known.
 *
 * @see "PS3.3 C.8.9.1; QIBA, vendor-neutral pseudo-code for SUV calculation"
 */
public sealed interface SuvScale {

  /** The value in BQML (or GML) times this is the SUV. */
  record Known(double factor) implements SuvScale {}

  /** It is not known, and the values are shown in their own units. */
  record Unknown(Lack lack) implements SuvScale {}

  /** What is missing, or does not fit. */
  enum Lack {
    /** It is no PET. */
    NOT_PET,
    /** Units (0054,1001) are neither BQML nor GML of body weight. */
    UNITS,
    /** Corrected Image (0028,0051) does not say ATTN and DECY. */
    NOT_CORRECTED,
    /** Decay Correction (0054,1102) is not START. */
    DECAY_CORRECTION,
    /** Patient's Weight (0010,1030) is missing, or none that a person has. */
    WEIGHT,
    /** Not one Radiopharmaceutical Information (0054,0016), or no dose (0018,1074) in it. */
    DOSE,
    /** No half life (0018,1075). */
    HALF_LIFE,
    /** No start of the radiopharmaceutical (0018,1072) or (0018,1078). */
    INJECTION_TIME,
    /** Neither Series nor Acquisition Date and Time tell when the scan began. */
    SCAN_TIME,
    /** The injection is not before the scan, or too long before it. */
    TIMES_DO_NOT_FIT
  }
}

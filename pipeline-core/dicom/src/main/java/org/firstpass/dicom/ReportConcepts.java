package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.segment.Verdict;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;

/**
 * The concepts of our documents: names of content items, units, and those that only we have.
 *
 * <p>What no terminology has (a reader's verdict on a segment, scores of a network) has codes of
 * our own scheme, which every object that uses them describes.
 *
 * @see "PS3.16 TID 1001, 1002, 1204, 1411, 1419, 1500, 2010, 4019"
 */
final class ReportConcepts {
  static final String OWN_SCHEME = "99FIRSTPASS";

  static final Concept MEASUREMENT_REPORT = dcm("126000", "Imaging Measurement Report");
  static final Concept LANGUAGE = dcm("121049", "Language of Content Item and Descendants");
  static final Concept ENGLISH = new Concept("en", "RFC5646", "English");
  static final Concept OBSERVER_TYPE = dcm("121005", "Observer Type");
  static final Concept PERSON = dcm("121006", "Person");
  static final Concept DEVICE = dcm("121007", "Device");
  static final Concept PERSON_NAME = dcm("121008", "Person Observer Name");
  static final Concept PERSON_LOGIN = dcm("128774", "Person Observer's Login Name");
  static final Concept DEVICE_UID = dcm("121012", "Device Observer UID");
  static final Concept DEVICE_NAME = dcm("121013", "Device Observer Name");
  static final Concept DEVICE_MANUFACTURER = dcm("121014", "Device Observer Manufacturer");
  static final Concept DEVICE_MODEL = dcm("121015", "Device Observer Model Name");
  static final Concept PROCEDURE_REPORTED = dcm("121058", "Procedure reported");
  static final Concept IMAGING_MEASUREMENTS = dcm("126010", "Imaging Measurements");
  static final Concept MEASUREMENT_GROUP = dcm("125007", "Measurement Group");
  static final Concept TRACKING_IDENTIFIER = dcm("112039", "Tracking Identifier");
  static final Concept TRACKING_UID = dcm("112040", "Tracking Unique Identifier");
  static final Concept FINDING_CATEGORY = sct("276214006", "Finding category");
  static final Concept FINDING = dcm("121071", "Finding");
  static final Concept FINDING_SITE = sct("363698007", "Finding Site");
  static final Concept LATERALITY = sct("272741003", "Laterality");
  static final Concept REFERENCED_SEGMENT = dcm("121191", "Referenced Segment");
  static final Concept SOURCE_SERIES = dcm("121232", "Source series for segmentation");
  static final Concept ALGORITHM_FAMILY = dcm("111000", "Algorithm Family");
  static final Concept ALGORITHM_NAME = dcm("111001", "Algorithm Name");
  static final Concept ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");
  static final Concept ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
  static final Concept ARTIFICIAL_INTELLIGENCE = dcm("123110", "Artificial Intelligence");
  static final Concept QUALITATIVE_EVALUATIONS =
      new Concept("C0034375", "UMLS", "Qualitative Evaluations");
  static final Concept IMAGE_REGION = dcm("111030", "Image Region");
  static final Concept SOURCE_OF_MEASUREMENT = dcm("121112", "Source of Measurement");
  static final Concept VOLUME = sct("118565006", "Volume");
  static final Concept LONG_AXIS = sct("103339001", "Long axis");
  static final Concept SHORT_AXIS = sct("103340004", "Short axis");
  static final Concept LONGEST_DIAMETER =
      new Concept("L0JK", "IBSI", "Maximum 3D Diameter of a Mesh");

  static final Concept UNCERTAINTY = own("uncertainty", "Mean normalised entropy of the network");
  static final Concept AGREEMENT = own("agreement", "Mean share of passes that agree");
  static final Concept QUALITY = own("quality", "Probability of at most a minor correction");
  static final Concept VERDICT = own("verdict", "Verdict of the reader on the proposed segment");
  static final Concept VERDICT_TIME = own("verdict-time", "When the verdict was given");

  static final Concept CUBIC_MILLIMETRE = ucum("mm3", "cubic millimeter");
  static final Concept PIXELS = ucum("{pixels}", "pixels");
  static final Concept SQUARE_PIXELS = ucum("{pixels}2", "square pixels");
  static final Concept SQUARE_MILLIMETRE = ucum("mm2", "square millimeter");
  static final Concept MILLIMETRE = ucum("mm", "millimeter");
  static final Concept NO_UNIT = ucum("1", "no units");

  static final Concept OF_INTEREST = dcm("113000", "Of Interest");
  static final Concept KEY_OBJECT_DESCRIPTION = dcm("113012", "Key Object Description");

  private ReportConcepts() {}

  static Concept of(Verdict verdict) {
    return switch (verdict) {
      case ACCEPT -> own("accept", "Accepted as proposed");
      case MINOR -> own("corrected-minor", "Corrected a little");
      case MAJOR -> own("corrected-major", "Corrected much");
      case REJECT -> own("reject", "Rejected: not this structure");
      case MISSING -> own("missing", "Missed by the proposal");
      case NOT_ASSESSABLE -> own("not-assessable", "Not assessable on this image");
    };
  }

  /** What was done to make the images (CID 100), by their modality. */
  static Concept procedure(String modality) {
    return switch (modality) {
      case "CT" -> new Concept("25045-6", "LN", "CT unspecified body region");
      case "MR" -> new Concept("25056-3", "LN", "MRI unspecified body region");
      case "PT" -> new Concept("44136-0", "LN", "PET unspecified body region");
      case "NM" -> new Concept("49118-3", "LN", "NM unspecified body region");
      case "CR", "DX" -> new Concept("43468-8", "LN", "XR unspecified body region");
      default -> sct("363679005", "Imaging procedure");
    };
  }

  /** Describes our scheme in an object that has codes of it. */
  static void describeOwnScheme(Attributes attributes) {
    Attributes item = new Attributes();
    item.setString(Tag.CodingSchemeDesignator, VR.SH, OWN_SCHEME);
    item.setString(
        Tag.CodingSchemeUID, VR.UI, DicomUid.of(NameBasedUuid.of("coding scheme", OWN_SCHEME)));
    item.setString(Tag.CodingSchemeName, VR.ST, "Firstpass verdicts and scores");
    item.setString(Tag.CodingSchemeResponsibleOrganization, VR.ST, OwnEquipment.MANUFACTURER);
    attributes.newSequence(Tag.CodingSchemeIdentificationSequence, 1).add(item);
  }

  private static Concept dcm(String value, String meaning) {
    return new Concept(value, "DCM", meaning);
  }

  private static Concept sct(String value, String meaning) {
    return new Concept(value, "SCT", meaning);
  }

  private static Concept ucum(String value, String meaning) {
    return new Concept(value, "UCUM", meaning);
  }

  private static Concept own(String value, String meaning) {
    return new Concept(value, OWN_SCHEME, meaning);
  }
}

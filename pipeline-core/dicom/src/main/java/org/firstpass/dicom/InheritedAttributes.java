package org.firstpass.dicom;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.FrameOfReferenceUid;

/**
 * Patient, study and frame of reference of a source, as an object that is derived from it states
 * them.
 *
 * <p>A value that its VR does not allow is left out (or empty where the attribute must be there),
 * so that a source's dirty header does not make the new object invalid. Patient ID is copied as it
 * is whatever it looks like: the object must stay with its patient.
 *
 * @see "PS3.3 C.7.1.1, C.7.2.1, C.7.2.2, C.7.4.1"
 */
final class InheritedAttributes {
  private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9_ ]{1,16}");
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3])([0-5]\\d([0-5]\\d(\\.\\d{1,6})?)?)?");
  private static final Pattern AGE = Pattern.compile("\\d{3}[DWMY]");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern SEX = Pattern.compile("[MFO]");
  private static final Pattern WAY = Pattern.compile("[APLRFH]{1,3}");
  private static final Set<Integer> MULTIPLE =
      Set.of(
          Tag.DeidentificationMethod,
          Tag.OtherPatientIDs,
          Tag.OtherPatientNames,
          Tag.PhysiciansOfRecord,
          Tag.NameOfPhysiciansReadingStudy,
          Tag.AdmittingDiagnosesDescription,
          Tag.MedicalAlerts,
          Tag.Allergies);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private final Attributes source;
  private final Attributes target;

  private InheritedAttributes(Attributes source, Attributes target) {
    this.source = source;
    this.target = target;
  }

  static void copy(Attributes source, FrameOfReferenceUid ofGrid, Attributes target) {
    var copy = new InheritedAttributes(source, target);
    copy.patient();
    copy.study();
    copy.patientStudy();
    copy.frameOfReference(ofGrid);
  }

  /** The side of a series of images, which is left empty where it is not known. */
  static void copyLaterality(Attributes source, Attributes target) {
    new InheritedAttributes(source, target).required(Tag.Laterality, VR.CS);
  }

  /**
   * Where rows and columns of an image grow that has no place in patient space; left empty where it
   * is not known.
   *
   * @see "PS3.3 C.7.6.1.1.1"
   */
  static void copyOrientation(Attributes source, Attributes target) {
    String[] values = source.getStrings(Tag.PatientOrientation);
    boolean known =
        values != null
            && values.length == 2
            && Arrays.stream(values).allMatch(each -> each != null && WAY.matcher(each).matches());
    if (known) {
      target.setString(Tag.PatientOrientation, VR.CS, values);
    } else {
      target.setNull(Tag.PatientOrientation, VR.CS);
    }
  }

  /**
   * What is drawn on an image that lost something may be wrong for that reason: it is passed on.
   *
   * @see "PS3.3 C.7.6.1.1.5"
   */
  static void copyCompression(Attributes source, Attributes target) {
    boolean lossy = "01".equals(source.getString(Tag.LossyImageCompression));
    target.setString(Tag.LossyImageCompression, VR.CS, lossy ? "01" : "00");
    if (lossy) {
      copyAll(source, target, Tag.LossyImageCompressionRatio, VR.DS);
      copyAll(source, target, Tag.LossyImageCompressionMethod, VR.CS);
    }
  }

  private static void copyAll(Attributes source, Attributes target, int tag, VR vr) {
    String[] values = source.getStrings(tag);
    if (values != null && values.length > 0) {
      target.setString(tag, vr, values);
    }
  }

  private void patient() {
    required(Tag.PatientName, VR.PN);
    target.setString(
        Tag.PatientID, VR.LO, Optional.ofNullable(source.getString(Tag.PatientID)).orElse(""));
    optional(Tag.IssuerOfPatientID, VR.LO);
    required(Tag.PatientBirthDate, VR.DA);
    required(Tag.PatientSex, VR.CS);
    optional(Tag.PatientBirthTime, VR.TM);
    optional(Tag.OtherPatientIDs, VR.LO);
    optional(Tag.OtherPatientNames, VR.PN);
    optional(Tag.EthnicGroup, VR.SH);
    optional(Tag.PatientComments, VR.LT);
    boolean removed = "YES".equals(source.getString(Tag.PatientIdentityRemoved));
    if (removed && valid(Tag.DeidentificationMethod, VR.LO).isPresent()) {
      optional(Tag.PatientIdentityRemoved, VR.CS);
      optional(Tag.DeidentificationMethod, VR.LO);
    }
  }

  private void study() {
    required(Tag.StudyDate, VR.DA);
    required(Tag.StudyTime, VR.TM);
    required(Tag.ReferringPhysicianName, VR.PN);
    required(Tag.StudyID, VR.SH);
    required(Tag.AccessionNumber, VR.SH);
    optional(Tag.StudyDescription, VR.LO);
    optional(Tag.PhysiciansOfRecord, VR.PN);
    optional(Tag.NameOfPhysiciansReadingStudy, VR.PN);
    optional(Tag.AdmittingDiagnosesDescription, VR.LO);
    optional(Tag.TimezoneOffsetFromUTC, VR.SH);
  }

  private void patientStudy() {
    optional(Tag.PatientAge, VR.AS);
    optional(Tag.PatientSize, VR.DS);
    optional(Tag.PatientWeight, VR.DS);
    optional(Tag.MedicalAlerts, VR.LO);
    optional(Tag.Allergies, VR.LO);
    optional(Tag.Occupation, VR.SH);
    optional(Tag.SmokingStatus, VR.CS);
    optional(Tag.AdditionalPatientHistory, VR.LT);
    optional(Tag.LastMenstrualDate, VR.DA);
    int pregnancy = source.getInt(Tag.PregnancyStatus, 0);
    if (pregnancy >= 1 && pregnancy <= 4) {
      target.setInt(Tag.PregnancyStatus, VR.US, pregnancy);
    }
  }

  /** Without one, positions may be compared by the referenced images only, and none is made up. */
  private void frameOfReference(FrameOfReferenceUid ofGrid) {
    if (DicomUids.hasShape(source.getString(Tag.FrameOfReferenceUID, ""))) {
      target.setString(Tag.FrameOfReferenceUID, VR.UI, ofGrid.value());
      required(Tag.PositionReferenceIndicator, VR.LO);
    }
  }

  private void required(int tag, VR vr) {
    Optional<String[]> values = valid(tag, vr);
    if (values.isPresent()) {
      target.setString(tag, vr, values.get());
    } else {
      target.setNull(tag, vr);
    }
  }

  private void optional(int tag, VR vr) {
    Optional<String[]> values = valid(tag, vr);
    if (values.isPresent()) {
      target.setString(tag, vr, values.get());
    } else if (source.contains(tag) && !source.containsValue(tag)) {
      target.setNull(tag, vr);
    }
  }

  private Optional<String[]> valid(int tag, VR vr) {
    String[] values = source.getStrings(tag);
    if (values == null || values.length == 0) {
      return Optional.empty();
    }
    String[] clean =
        Arrays.stream(values)
            .map(value -> value == null ? "" : value.strip())
            .toArray(String[]::new);
    if (vr == VR.PN) {
      // Some decoders leave the delimiter of an absent component group behind.
      clean = Arrays.stream(clean).map(InheritedAttributes::trimName).toArray(String[]::new);
    }
    boolean countAllowed = clean.length == 1 || MULTIPLE.contains(tag);
    boolean allValid = Arrays.stream(clean).allMatch(value -> isValid(tag, vr, value));
    return countAllowed && allValid ? Optional.of(clean) : Optional.empty();
  }

  private static String trimName(String name) {
    return name.replaceAll("[=^\\s]+$", "");
  }

  private static boolean isValid(int tag, VR vr, String value) {
    if (value.isEmpty() || vr != VR.LT && value.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    return switch (vr) {
      case PN -> Arrays.stream(value.split("=", -1)).allMatch(group -> group.length() <= 64);
      case LO -> value.length() <= 64;
      case SH -> value.length() <= 16;
      case LT -> value.length() <= 10_240;
      case CS -> (tag == Tag.PatientSex ? SEX : CODE_STRING).matcher(value).matches();
      case AS -> AGE.matcher(value).matches();
      case TM -> TIME.matcher(value).matches();
      case DA -> isDate(value);
      case DS -> value.length() <= 16 && DECIMAL.matcher(value).matches();
      default -> throw new IllegalArgumentException("no rule for VR " + vr);
    };
  }

  private static boolean isDate(String value) {
    try {
      return LocalDate.parse(value, DATE).getYear() > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}

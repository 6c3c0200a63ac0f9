package org.firstpass.dicom;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Which studies an archive is asked for: those that match all of what is given.
 *
 * <p>Archives need not match by every key; {@link QueryScu} leaves out what they answer beside the
 * question. {@link #toString} hides the values.
 *
 * @param patient null: any; its issuer counts if it is not empty
 * @param study null: any
 * @param accessionNumber empty: any
 * @param period when the study began
 * @param modalities at least one of them is in the study; empty: any
 * @see "PS3.4 C.6.2.1"
 */
public record StudyQuery(
    @Nullable PatientIdentity patient,
    @Nullable StudyInstanceUid study,
    String accessionNumber,
    StudyPeriod period,
    Set<String> modalities) {
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_ACCESSION_NUMBER = 16;
  private static final Pattern MODALITY = Pattern.compile("[A-Z0-9 _]{1,16}");

  /** Control characters and the separator of values; wildcards would ask for others too. */
  private static final Pattern UNSOUND = Pattern.compile("[\\p{Cntrl}\\\\*?]");

  /**
   * @throws StudyRefused QUERY_UNSOUND if a value cannot be asked for as it is, or nothing but
   *     modalities is given
   */
  public StudyQuery {
    modalities = Set.copyOf(modalities);
    if (patient != null) {
      requireSound("Patient ID", patient.id(), LONGEST_ID);
      if (patient.id().isBlank()) {
        throw unsound("expected a Patient ID, found none: it would match every patient");
      }
      requireSound("Issuer of Patient ID", patient.issuer(), LONGEST_ID);
    }
    requireSound("Accession Number", accessionNumber, LONGEST_ACCESSION_NUMBER);
    if (!modalities.stream().allMatch(modality -> MODALITY.matcher(modality).matches())) {
      throw unsound("expected modalities of up to 16 letters, found " + modalities);
    }
    if (patient == null && study == null && accessionNumber.isEmpty() && period.isAny()) {
      throw unsound("expected a patient, study, accession number or date, found none");
    }
  }

  public static StudyQuery ofPatient(PatientIdentity patient) {
    return new StudyQuery(patient, null, "", StudyPeriod.ANY, Set.of());
  }

  public static StudyQuery ofStudy(StudyInstanceUid study) {
    return new StudyQuery(null, study, "", StudyPeriod.ANY, Set.of());
  }

  public static StudyQuery ofAccessionNumber(String accessionNumber) {
    return new StudyQuery(null, null, accessionNumber, StudyPeriod.ANY, Set.of());
  }

  /**
   * @param from null: any before {@code to}
   * @param to inclusive; null: any after {@code from}
   */
  public static StudyQuery between(@Nullable LocalDate from, @Nullable LocalDate to) {
    var period = new StudyPeriod(from, to, null, null);
    return new StudyQuery(null, null, "", period, Set.of());
  }

  /** The same, of these days only. */
  public StudyQuery during(@Nullable LocalDate first, @Nullable LocalDate last) {
    return during(new StudyPeriod(first, last, null, null));
  }

  /** The same, of a part of its one day only: studies without Study Time are not found so. */
  public StudyQuery within(@Nullable LocalTime first, @Nullable LocalTime last) {
    return during(new StudyPeriod(period.from(), period.to(), first, last));
  }

  private StudyQuery during(StudyPeriod other) {
    return new StudyQuery(patient, study, accessionNumber, other, modalities);
  }

  /** The same, of studies with at least one of these modalities. */
  public StudyQuery with(Set<String> wanted) {
    return new StudyQuery(patient, study, accessionNumber, period, wanted);
  }

  /** The matching keys; those that are empty match anything and are answered. */
  Attributes keys() {
    var keys = new Attributes();
    text(keys, Tag.PatientID, VR.LO, patient == null ? "" : patient.id());
    text(keys, Tag.IssuerOfPatientID, VR.LO, patient == null ? "" : patient.issuer());
    text(keys, Tag.StudyInstanceUID, VR.UI, study == null ? "" : study.value());
    text(keys, Tag.AccessionNumber, VR.SH, accessionNumber);
    text(keys, Tag.StudyDate, VR.DA, period.dates());
    if (!period.times().isEmpty()) {
      keys.setString(Tag.StudyTime, VR.TM, period.times());
    }
    // One value only: several are no valid key (PS3.4 C.2.2.2), so more are sorted out here.
    boolean one = modalities.size() == 1;
    text(keys, Tag.ModalitiesInStudy, VR.CS, one ? modalities.iterator().next() : "");
    return keys;
  }

  private static void text(Attributes keys, int tag, VR vr, String value) {
    if (value.isEmpty()) {
      keys.setNull(tag, vr);
    } else {
      keys.setString(tag, vr, value);
    }
  }

  /**
   * Whether what an archive answered matches; what it does not say cannot be held against it.
   *
   * @param foundAccessionNumber empty if it does not say it
   */
  public boolean matches(FoundStudy found, String foundAccessionNumber) {
    return (patient == null || isOf(patient, found.patient()))
        && (study == null || study.equals(found.study()))
        && (accessionNumber.isEmpty()
            || foundAccessionNumber.isEmpty()
            || accessionNumber.equals(foundAccessionNumber))
        && found.date().map(period::contains).orElse(true)
        && (modalities.isEmpty()
            || found.modalities().isEmpty()
            || !Collections.disjoint(modalities, found.modalities()));
  }

  private static boolean isOf(PatientIdentity asked, PatientIdentity found) {
    boolean sameIssuer =
        asked.issuer().isEmpty()
            || found.issuer().isEmpty()
            || asked.issuer().equals(found.issuer());
    return sameIssuer && asked.id().strip().equals(found.id());
  }

  private static void requireSound(String name, String value, int longest) {
    if (value.length() > longest || UNSOUND.matcher(value).find()) {
      throw unsound(
          "expected %s of at most %d characters without wildcards, backslashes and control characters"
              .formatted(name, longest));
    }
  }

  private static StudyRefused unsound(String message) {
    return new StudyRefused(ReasonCode.QUERY_UNSOUND, message);
  }

  @Override
  public String toString() {
    return "StudyQuery[hidden]";
  }
}

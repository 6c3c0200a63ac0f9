package org.firstpass.ups;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes of a workitem, an action or an event report that Firstpass reads or writes, with
 * tag, value representation and keyword.
 *
 * @see "PS3.4 CC.2.5, PS3.6 section 6"
 */
public enum UpsAttribute {
  AFFECTED_SOP_CLASS_UID("00000002", "UI", "AffectedSOPClassUID"),
  MESSAGE_ID("00000110", "US", "MessageID"),
  AFFECTED_SOP_INSTANCE_UID("00001000", "UI", "AffectedSOPInstanceUID"),
  EVENT_TYPE_ID("00001002", "US", "EventTypeID"),
  SPECIFIC_CHARACTER_SET("00080005", "CS", "SpecificCharacterSet"),
  SOP_CLASS_UID("00080016", "UI", "SOPClassUID"),
  SOP_INSTANCE_UID("00080018", "UI", "SOPInstanceUID"),
  ACCESSION_NUMBER("00080050", "SH", "AccessionNumber"),
  CODE_VALUE("00080100", "SH", "CodeValue"),
  CODING_SCHEME_DESIGNATOR("00080102", "SH", "CodingSchemeDesignator"),
  CODE_MEANING("00080104", "LO", "CodeMeaning"),
  REFERENCED_SOP_CLASS_UID("00081150", "UI", "ReferencedSOPClassUID"),
  REFERENCED_SOP_INSTANCE_UID("00081155", "UI", "ReferencedSOPInstanceUID"),
  RETRIEVE_URL("00081190", "UR", "RetrieveURL"),
  TRANSACTION_UID("00081195", "UI", "TransactionUID"),
  REFERENCED_SOP_SEQUENCE("00081199", "SQ", "ReferencedSOPSequence"),
  PATIENT_NAME("00100010", "PN", "PatientName"),
  PATIENT_ID("00100020", "LO", "PatientID"),
  ISSUER_OF_PATIENT_ID("00100021", "LO", "IssuerOfPatientID"),
  PATIENT_BIRTH_DATE("00100030", "DA", "PatientBirthDate"),
  PATIENT_SEX("00100040", "CS", "PatientSex"),
  STUDY_INSTANCE_UID("0020000D", "UI", "StudyInstanceUID"),
  SERIES_INSTANCE_UID("0020000E", "UI", "SeriesInstanceUID"),
  ADMISSION_ID("00380010", "LO", "AdmissionID"),
  START_DATE_TIME("00404005", "DT", "ScheduledProcedureStepStartDateTime"),
  HUMAN_PERFORMER_CODES("00404009", "SQ", "HumanPerformerCodeSequence"),
  MODIFICATION_DATE_TIME("00404010", "DT", "ScheduledProcedureStepModificationDateTime"),
  EXPECTED_COMPLETION("00404011", "DT", "ExpectedCompletionDateTime"),
  SCHEDULED_WORKITEM_CODES("00404018", "SQ", "ScheduledWorkitemCodeSequence"),
  PERFORMED_WORKITEM_CODES("00404019", "SQ", "PerformedWorkitemCodeSequence"),
  INPUT_INFORMATION("00404021", "SQ", "InputInformationSequence"),
  SCHEDULED_STATION_NAMES("00404025", "SQ", "ScheduledStationNameCodeSequence"),
  SCHEDULED_STATION_CLASSES("00404026", "SQ", "ScheduledStationClassCodeSequence"),
  SCHEDULED_STATION_PLACES("00404027", "SQ", "ScheduledStationGeographicLocationCodeSequence"),
  PERFORMED_STATION_NAMES("00404028", "SQ", "PerformedStationNameCodeSequence"),
  OUTPUT_INFORMATION("00404033", "SQ", "OutputInformationSequence"),
  SCHEDULED_PERFORMERS("00404034", "SQ", "ScheduledHumanPerformersSequence"),
  ACTUAL_PERFORMERS("00404035", "SQ", "ActualHumanPerformersSequence"),
  PERFORMER_ORGANIZATION("00404036", "LO", "HumanPerformerOrganization"),
  PERFORMER_NAME("00404037", "PN", "HumanPerformerName"),
  INPUT_READINESS("00404041", "CS", "InputReadinessState"),
  PERFORMED_START("00404050", "DT", "PerformedProcedureStepStartDateTime"),
  PERFORMED_END("00404051", "DT", "PerformedProcedureStepEndDateTime"),
  CANCELLATION_DATE_TIME("00404052", "DT", "ProcedureStepCancellationDateTime"),
  COMMENTS("00400400", "LT", "CommentsOnTheScheduledProcedureStep"),
  VALUE_TYPE("0040A040", "CS", "ValueType"),
  CONCEPT_NAMES("0040A043", "SQ", "ConceptNameCodeSequence"),
  TEXT_VALUE("0040A160", "UT", "TextValue"),
  REFERENCED_REQUESTS("0040A370", "SQ", "ReferencedRequestSequence"),
  TYPE_OF_INSTANCES("0040E020", "CS", "TypeOfInstances"),
  DICOM_RETRIEVAL("0040E021", "SQ", "DICOMRetrievalSequence"),
  WADO_RS_RETRIEVAL("0040E025", "SQ", "WADORSRetrievalSequence"),
  RETRIEVE_AE_TITLE("00080054", "AE", "RetrieveAETitle"),
  STATE("00741000", "CS", "ProcedureStepState"),
  PROGRESS_INFORMATION("00741002", "SQ", "ProcedureStepProgressInformationSequence"),
  PROGRESS("00741004", "DS", "ProcedureStepProgress"),
  PROGRESS_DESCRIPTION("00741006", "ST", "ProcedureStepProgressDescription"),
  CONTACT_URI("0074100A", "UR", "ContactURI"),
  CONTACT_DISPLAY_NAME("0074100C", "LO", "ContactDisplayName"),
  DISCONTINUATION_REASONS("0074100E", "SQ", "ProcedureStepDiscontinuationReasonCodeSequence"),
  PRIORITY("00741200", "CS", "ScheduledProcedureStepPriority"),
  WORKLIST_LABEL("00741202", "LO", "WorklistLabel"),
  LABEL("00741204", "LO", "ProcedureStepLabel"),
  PROCESSING_PARAMETERS("00741210", "SQ", "ScheduledProcessingParametersSequence"),
  PERFORMED_PROCEDURE("00741216", "SQ", "UnifiedProcedureStepPerformedProcedureSequence"),
  REQUESTING_AE("00741236", "AE", "RequestingAE"),
  REASON_FOR_CANCELLATION("00741238", "LT", "ReasonForCancellation"),
  SCP_STATUS("00741242", "CS", "SCPStatus"),
  SUBSCRIPTION_LIST_STATUS("00741244", "CS", "SubscriptionListStatus"),
  STEP_LIST_STATUS("00741246", "CS", "UnifiedProcedureStepListStatus");

  private static final Map<String, UpsAttribute> BY_NAME =
      Arrays.stream(values())
          .flatMap(a -> Stream.of(Map.entry(a.keyword, a), Map.entry(a.tag, a)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, UpsAttribute> BY_TAG =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(UpsAttribute::tag, Function.identity()));

  private final String tag;
  private final String vr;
  private final String keyword;

  UpsAttribute(String tag, String vr, String keyword) {
    this.tag = tag;
    this.vr = vr;
    this.keyword = keyword;
  }

  /** Eight hexadecimal digits in upper case, as DICOM JSON writes it. */
  public String tag() {
    return tag;
  }

  public String vr() {
    return vr;
  }

  boolean isSequence() {
    return vr.equals("SQ");
  }

  static Optional<UpsAttribute> ofTag(String tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  /**
   * The attribute of a query parameter: its keyword or its tag in hexadecimal.
   *
   * @see "PS3.18 8.3.4.1"
   */
  public static Optional<UpsAttribute> named(String name) {
    UpsAttribute byKeyword = BY_NAME.get(name);
    return byKeyword != null
        ? Optional.of(byKeyword)
        : Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)));
  }
}

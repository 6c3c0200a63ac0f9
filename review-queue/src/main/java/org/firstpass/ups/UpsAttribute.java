package org.firstpass.ups;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.dicom.dataset.Attribute;
import org.firstpass.dicom.dataset.Vr;

/**
 * The attributes of a workitem, an action or an event report that Firstpass reads or writes, with
 * tag, value representation and keyword.
 *
 * @see "PS3.4 CC.2.5, PS3.6 section 6"
 */
public enum UpsAttribute implements Attribute {
  AFFECTED_SOP_CLASS_UID(0x0000_0002, Vr.UI, "AffectedSOPClassUID"),
  MESSAGE_ID(0x0000_0110, Vr.US, "MessageID"),
  AFFECTED_SOP_INSTANCE_UID(0x0000_1000, Vr.UI, "AffectedSOPInstanceUID"),
  EVENT_TYPE_ID(0x0000_1002, Vr.US, "EventTypeID"),
  SPECIFIC_CHARACTER_SET(0x0008_0005, Vr.CS, "SpecificCharacterSet"),
  SOP_CLASS_UID(0x0008_0016, Vr.UI, "SOPClassUID"),
  SOP_INSTANCE_UID(0x0008_0018, Vr.UI, "SOPInstanceUID"),
  ACCESSION_NUMBER(0x0008_0050, Vr.SH, "AccessionNumber"),
  CODE_VALUE(0x0008_0100, Vr.SH, "CodeValue"),
  CODING_SCHEME_DESIGNATOR(0x0008_0102, Vr.SH, "CodingSchemeDesignator"),
  CODE_MEANING(0x0008_0104, Vr.LO, "CodeMeaning"),
  REFERENCED_SOP_CLASS_UID(0x0008_1150, Vr.UI, "ReferencedSOPClassUID"),
  REFERENCED_SOP_INSTANCE_UID(0x0008_1155, Vr.UI, "ReferencedSOPInstanceUID"),
  RETRIEVE_URL(0x0008_1190, Vr.UR, "RetrieveURL"),
  TRANSACTION_UID(0x0008_1195, Vr.UI, "TransactionUID"),
  REFERENCED_SOP_SEQUENCE(0x0008_1199, Vr.SQ, "ReferencedSOPSequence"),
  PATIENT_NAME(0x0010_0010, Vr.PN, "PatientName"),
  PATIENT_ID(0x0010_0020, Vr.LO, "PatientID"),
  ISSUER_OF_PATIENT_ID(0x0010_0021, Vr.LO, "IssuerOfPatientID"),
  PATIENT_BIRTH_DATE(0x0010_0030, Vr.DA, "PatientBirthDate"),
  PATIENT_SEX(0x0010_0040, Vr.CS, "PatientSex"),
  STUDY_INSTANCE_UID(0x0020_000d, Vr.UI, "StudyInstanceUID"),
  SERIES_INSTANCE_UID(0x0020_000e, Vr.UI, "SeriesInstanceUID"),
  ADMISSION_ID(0x0038_0010, Vr.LO, "AdmissionID"),
  START_DATE_TIME(0x0040_4005, Vr.DT, "ScheduledProcedureStepStartDateTime"),
  HUMAN_PERFORMER_CODES(0x0040_4009, Vr.SQ, "HumanPerformerCodeSequence"),
  MODIFICATION_DATE_TIME(0x0040_4010, Vr.DT, "ScheduledProcedureStepModificationDateTime"),
  EXPECTED_COMPLETION(0x0040_4011, Vr.DT, "ExpectedCompletionDateTime"),
  SCHEDULED_WORKITEM_CODES(0x0040_4018, Vr.SQ, "ScheduledWorkitemCodeSequence"),
  PERFORMED_WORKITEM_CODES(0x0040_4019, Vr.SQ, "PerformedWorkitemCodeSequence"),
  INPUT_INFORMATION(0x0040_4021, Vr.SQ, "InputInformationSequence"),
  SCHEDULED_STATION_NAMES(0x0040_4025, Vr.SQ, "ScheduledStationNameCodeSequence"),
  SCHEDULED_STATION_CLASSES(0x0040_4026, Vr.SQ, "ScheduledStationClassCodeSequence"),
  SCHEDULED_STATION_PLACES(0x0040_4027, Vr.SQ, "ScheduledStationGeographicLocationCodeSequence"),
  PERFORMED_STATION_NAMES(0x0040_4028, Vr.SQ, "PerformedStationNameCodeSequence"),
  OUTPUT_INFORMATION(0x0040_4033, Vr.SQ, "OutputInformationSequence"),
  SCHEDULED_PERFORMERS(0x0040_4034, Vr.SQ, "ScheduledHumanPerformersSequence"),
  ACTUAL_PERFORMERS(0x0040_4035, Vr.SQ, "ActualHumanPerformersSequence"),
  PERFORMER_ORGANIZATION(0x0040_4036, Vr.LO, "HumanPerformerOrganization"),
  PERFORMER_NAME(0x0040_4037, Vr.PN, "HumanPerformerName"),
  INPUT_READINESS(0x0040_4041, Vr.CS, "InputReadinessState"),
  PERFORMED_START(0x0040_4050, Vr.DT, "PerformedProcedureStepStartDateTime"),
  PERFORMED_END(0x0040_4051, Vr.DT, "PerformedProcedureStepEndDateTime"),
  CANCELLATION_DATE_TIME(0x0040_4052, Vr.DT, "ProcedureStepCancellationDateTime"),
  COMMENTS(0x0040_0400, Vr.LT, "CommentsOnTheScheduledProcedureStep"),
  VALUE_TYPE(0x0040_a040, Vr.CS, "ValueType"),
  CONCEPT_NAMES(0x0040_a043, Vr.SQ, "ConceptNameCodeSequence"),
  TEXT_VALUE(0x0040_a160, Vr.UT, "TextValue"),
  REFERENCED_REQUESTS(0x0040_a370, Vr.SQ, "ReferencedRequestSequence"),
  TYPE_OF_INSTANCES(0x0040_e020, Vr.CS, "TypeOfInstances"),
  DICOM_RETRIEVAL(0x0040_e021, Vr.SQ, "DICOMRetrievalSequence"),
  WADO_RS_RETRIEVAL(0x0040_e025, Vr.SQ, "WADORSRetrievalSequence"),
  RETRIEVE_AE_TITLE(0x0008_0054, Vr.AE, "RetrieveAETitle"),
  STATE(0x0074_1000, Vr.CS, "ProcedureStepState"),
  PROGRESS_INFORMATION(0x0074_1002, Vr.SQ, "ProcedureStepProgressInformationSequence"),
  PROGRESS(0x0074_1004, Vr.DS, "ProcedureStepProgress"),
  PROGRESS_DESCRIPTION(0x0074_1006, Vr.ST, "ProcedureStepProgressDescription"),
  CONTACT_URI(0x0074_100a, Vr.UR, "ContactURI"),
  CONTACT_DISPLAY_NAME(0x0074_100c, Vr.LO, "ContactDisplayName"),
  DISCONTINUATION_REASONS(0x0074_100e, Vr.SQ, "ProcedureStepDiscontinuationReasonCodeSequence"),
  PRIORITY(0x0074_1200, Vr.CS, "ScheduledProcedureStepPriority"),
  WORKLIST_LABEL(0x0074_1202, Vr.LO, "WorklistLabel"),
  LABEL(0x0074_1204, Vr.LO, "ProcedureStepLabel"),
  PROCESSING_PARAMETERS(0x0074_1210, Vr.SQ, "ScheduledProcessingParametersSequence"),
  PERFORMED_PROCEDURE(0x0074_1216, Vr.SQ, "UnifiedProcedureStepPerformedProcedureSequence"),
  DELETION_LOCK(0x0074_1230, Vr.LO, "DeletionLock"),
  RECEIVING_AE(0x0074_1234, Vr.AE, "ReceivingAE"),
  REQUESTING_AE(0x0074_1236, Vr.AE, "RequestingAE"),
  REASON_FOR_CANCELLATION(0x0074_1238, Vr.LT, "ReasonForCancellation"),
  SCP_STATUS(0x0074_1242, Vr.CS, "SCPStatus"),
  SUBSCRIPTION_LIST_STATUS(0x0074_1244, Vr.CS, "SubscriptionListStatus"),
  STEP_LIST_STATUS(0x0074_1246, Vr.CS, "UnifiedProcedureStepListStatus");

  private static final Map<String, UpsAttribute> BY_NAME =
      Arrays.stream(values())
          .flatMap(a -> Stream.of(Map.entry(a.keyword, a), Map.entry(a.hex(), a)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final int tag;
  private final Vr vr;
  private final String keyword;

  UpsAttribute(int tag, Vr vr, String keyword) {
    this.tag = tag;
    this.vr = vr;
    this.keyword = keyword;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public Vr vr() {
    return vr;
  }

  String keyword() {
    return keyword;
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

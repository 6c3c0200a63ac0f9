package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.ACCESSION_NUMBER;
import static org.firstpass.ups.UpsAttribute.ACTUAL_PERFORMERS;
import static org.firstpass.ups.UpsAttribute.ADMISSION_ID;
import static org.firstpass.ups.UpsAttribute.CANCELLATION_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.CONCEPT_NAMES;
import static org.firstpass.ups.UpsAttribute.DISCONTINUATION_REASONS;
import static org.firstpass.ups.UpsAttribute.HUMAN_PERFORMER_CODES;
import static org.firstpass.ups.UpsAttribute.INPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.INPUT_READINESS;
import static org.firstpass.ups.UpsAttribute.ISSUER_OF_PATIENT_ID;
import static org.firstpass.ups.UpsAttribute.LABEL;
import static org.firstpass.ups.UpsAttribute.MODIFICATION_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.OUTPUT_INFORMATION;
import static org.firstpass.ups.UpsAttribute.PATIENT_BIRTH_DATE;
import static org.firstpass.ups.UpsAttribute.PATIENT_ID;
import static org.firstpass.ups.UpsAttribute.PATIENT_NAME;
import static org.firstpass.ups.UpsAttribute.PATIENT_SEX;
import static org.firstpass.ups.UpsAttribute.PERFORMED_END;
import static org.firstpass.ups.UpsAttribute.PERFORMED_PROCEDURE;
import static org.firstpass.ups.UpsAttribute.PERFORMED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.PERFORMED_WORKITEM_CODES;
import static org.firstpass.ups.UpsAttribute.PRIORITY;
import static org.firstpass.ups.UpsAttribute.PROCESSING_PARAMETERS;
import static org.firstpass.ups.UpsAttribute.PROGRESS_INFORMATION;
import static org.firstpass.ups.UpsAttribute.REFERENCED_REQUESTS;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_CLASS_UID;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.REFERENCED_SOP_SEQUENCE;
import static org.firstpass.ups.UpsAttribute.RETRIEVE_URL;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_PERFORMERS;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_CLASSES;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_PLACES;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_WORKITEM_CODES;
import static org.firstpass.ups.UpsAttribute.SERIES_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.SOP_CLASS_UID;
import static org.firstpass.ups.UpsAttribute.SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.SPECIFIC_CHARACTER_SET;
import static org.firstpass.ups.UpsAttribute.START_DATE_TIME;
import static org.firstpass.ups.UpsAttribute.STATE;
import static org.firstpass.ups.UpsAttribute.STUDY_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.TEXT_VALUE;
import static org.firstpass.ups.UpsAttribute.TYPE_OF_INSTANCES;
import static org.firstpass.ups.UpsAttribute.VALUE_TYPE;
import static org.firstpass.ups.UpsAttribute.WADO_RS_RETRIEVAL;
import static org.firstpass.ups.UpsAttribute.WORKLIST_LABEL;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.PatientStudy;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.DicomUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.StudyReference;

/**
 * A workitem as a data set.
 *
 * <p>The Transaction UID is never in it: it is the lock.
 *
 * @see "PS3.4 Table CC.2.5-3, PS3.3 C.30"
 */
final class WorkitemView {
  /** Where this installation answers, and what it may show. */
  record Viewing(String service, boolean patients) {}

  private static final String DEFAULT_WORKLIST = "Firstpass review";
  private static final int MAX_LABEL = 64;

  private final SourceHeaders headers;
  private final Instant now;

  WorkitemView(SourceHeaders headers, Instant now) {
    this.headers = headers;
    this.now = now;
  }

  /** A view that shows no patient and no instance. */
  static WorkitemView withoutHeaders(Instant now) {
    return new WorkitemView(new NoHeaders(), now);
  }

  private static final class NoHeaders implements SourceHeaders {
    @Override
    public Optional<PatientStudy> patient(ProposalMade proposal) {
      return Optional.empty();
    }

    @Override
    public List<String> studies(Map<String, List<String>> keys) {
      return List.of();
    }

    @Override
    public List<InstanceReference> instances(ProposalMade proposal) {
      return List.of();
    }
  }

  /** The workitem with everything that is known of it. */
  DataSet whole(Workitem workitem, Viewing viewing) {
    DataSet dataset = brief(workitem, viewing);
    ProposalMade proposal = workitem.row().task().subject().proposal();
    dataset.putItems(INPUT_INFORMATION, inputs(proposal, viewing, headers.instances(proposal)));
    return dataset;
  }

  /** The workitem without the instances of its input, as a search matches and answers it. */
  DataSet brief(Workitem workitem, Viewing viewing) {
    ReviewTask task = workitem.row().task();
    ProposalMade proposal = task.subject().proposal();
    var dataset = new DataSet();
    dataset.put(SPECIFIC_CHARACTER_SET, "ISO_IR 192");
    dataset.put(SOP_CLASS_UID, UpsUids.PUSH_SOP_CLASS);
    dataset.put(SOP_INSTANCE_UID, workitem.uid());
    dataset.put(STATE, workitem.state(now).value());
    dataset.put(INPUT_READINESS, "READY");
    dataset.put(PRIORITY, WorkitemPriority.of(workitem.row().score()).name());
    dataset.put(WORKLIST_LABEL, DEFAULT_WORKLIST);
    dataset.put(LABEL, label(proposal));
    dataset.put(START_DATE_TIME, DicomTime.of(task.subject().arrived()));
    dataset.put(MODIFICATION_DATE_TIME, DicomTime.of(workitem.changed()));
    dataset.putItem(SCHEDULED_WORKITEM_CODES, Codes.interpretation());
    dataset.putItems(SCHEDULED_STATION_NAMES, List.of());
    dataset.putItems(SCHEDULED_STATION_CLASSES, List.of());
    dataset.putItems(SCHEDULED_STATION_PLACES, List.of());
    dataset.putItems(SCHEDULED_PERFORMERS, List.of());
    dataset.putItems(PROCESSING_PARAMETERS, parameters(proposal));
    dataset.putItems(INPUT_INFORMATION, inputs(proposal, viewing, List.of()));
    dataset.putItems(PROGRESS_INFORMATION, List.of());
    dataset.putItems(PERFORMED_PROCEDURE, List.of());
    dataset.putItems(REFERENCED_REQUESTS, List.of());
    dataset.put(STUDY_INSTANCE_UID, proposal.input().reference().study().value());
    dataset.put(ADMISSION_ID);
    patient(dataset, viewing.patients() ? headers.patient(proposal) : Optional.empty());
    if (task instanceof ReviewTask.Accepted accepted) {
      dataset.putItem(PERFORMED_PROCEDURE, performed(task, accepted.decision()));
    }
    for (UpsAttribute attribute : Settable.ATTRIBUTES) {
      dataset.take(attribute, workitem.attributes());
    }
    if (task instanceof ReviewTask.Discontinued discontinued) {
      discontinued(dataset, discontinued.why());
    }
    return dataset;
  }

  private static String label(ProposalMade proposal) {
    String label = "Review of " + proposal.schema().name();
    return label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL);
  }

  private static List<DataSet> parameters(ProposalMade proposal) {
    return List.of(
        parameter(Codes.algorithmName(), proposal.modelPackage().name()),
        parameter(Codes.algorithmVersion(), proposal.modelPackage().version()));
  }

  private static DataSet parameter(DataSet concept, String text) {
    return new DataSet()
        .put(VALUE_TYPE, "TEXT")
        .putItem(CONCEPT_NAMES, concept)
        .put(TEXT_VALUE, text);
  }

  private static List<DataSet> inputs(
      ProposalMade proposal, Viewing viewing, List<InstanceReference> instances) {
    StudyReference source = proposal.input().reference();
    DataSet images =
        located(source.study().value(), source.series().value(), viewing)
            .putItems(REFERENCED_SOP_SEQUENCE, instances.stream().map(WorkitemView::sop).toList());
    // The proposal's own object: its UIDs are derived from the proposal, wherever it was written.
    String series = derived("segmentation series", proposal.id());
    DataSet segmentation =
        located(source.study().value(), series, viewing)
            .putItem(
                REFERENCED_SOP_SEQUENCE,
                sop(UpsUids.SEGMENTATION_STORAGE, derived("segmentation instance", proposal.id())));
    return List.of(images, segmentation);
  }

  /** What identifies the object of a proposal. */
  static String derived(String what, UUID proposal) {
    return DicomUid.of(NameBasedUuid.of(what, proposal.toString()));
  }

  private static DataSet located(String study, String series, Viewing viewing) {
    String url = viewing.service() + "/studies/" + study + "/series/" + series;
    return new DataSet()
        .put(TYPE_OF_INSTANCES, "DICOM")
        .put(STUDY_INSTANCE_UID, study)
        .put(SERIES_INSTANCE_UID, series)
        .putItem(WADO_RS_RETRIEVAL, new DataSet().put(RETRIEVE_URL, url));
  }

  private static DataSet sop(InstanceReference instance) {
    return sop(instance.sopClass().value(), instance.instance().value());
  }

  private static DataSet sop(String sopClass, String instance) {
    return new DataSet()
        .put(REFERENCED_SOP_CLASS_UID, sopClass)
        .put(REFERENCED_SOP_INSTANCE_UID, instance);
  }

  private static void patient(DataSet dataset, Optional<PatientStudy> patient) {
    dataset.put(PATIENT_NAME, one(patient.map(PatientStudy::name)));
    dataset.put(PATIENT_ID, one(patient.map(PatientStudy::id)));
    dataset.put(ISSUER_OF_PATIENT_ID, one(patient.map(PatientStudy::issuer)));
    dataset.put(PATIENT_BIRTH_DATE, one(patient.map(PatientStudy::birthDate)));
    dataset.put(PATIENT_SEX, one(patient.map(PatientStudy::sex)));
    dataset.put(ACCESSION_NUMBER, one(patient.map(PatientStudy::accessionNumber)));
  }

  private static String[] one(Optional<String> text) {
    return text.filter(value -> !value.isBlank()).stream().toArray(String[]::new);
  }

  // Whatever the performer had said of it, the reason and the time are those of the queue.
  private static void discontinued(DataSet dataset, ReviewTask.Discontinuation why) {
    DataSet progress =
        dataset.items(PROGRESS_INFORMATION).stream().findFirst().orElseGet(DataSet::new);
    if (!progress.hasValue(CANCELLATION_DATE_TIME)) {
      progress.put(CANCELLATION_DATE_TIME, DicomTime.of(why.at()));
    }
    progress.putItem(DISCONTINUATION_REASONS, Codes.reason(why.reason()));
    dataset.putItem(PROGRESS_INFORMATION, progress);
  }

  /** What the JSON API did, in the words of the worklist. */
  private static DataSet performed(ReviewTask task, ReviewTask.Decision decision) {
    String study = task.subject().proposal().input().reference().study().value();
    UUID correction = decision.correction();
    var output =
        new DataSet()
            .put(TYPE_OF_INSTANCES, "DICOM")
            .put(STUDY_INSTANCE_UID, study)
            .put(SERIES_INSTANCE_UID, derived("correction-series", correction))
            .putItem(
                REFERENCED_SOP_SEQUENCE,
                sop(UpsUids.SEGMENTATION_STORAGE, DicomUid.of(correction)));
    var performer = new DataSet().putItem(HUMAN_PERFORMER_CODES, Codes.person(decision.reader()));
    return new DataSet()
        .putItem(ACTUAL_PERFORMERS, performer)
        .putItem(PERFORMED_STATION_NAMES, Codes.station())
        .put(PERFORMED_END, DicomTime.of(decision.at()))
        .putItem(PERFORMED_WORKITEM_CODES, Codes.interpretation())
        .putItem(OUTPUT_INFORMATION, output);
  }

  /** Only what a search answers: what the standard asks for, and what the request asked for. */
  static DataSet found(DataSet brief, List<UpsAttribute> included) {
    for (UpsAttribute attribute : List.of(INPUT_INFORMATION, PERFORMED_PROCEDURE)) {
      if (!included.contains(attribute)) {
        brief.remove(attribute);
      }
    }
    return brief;
  }
}

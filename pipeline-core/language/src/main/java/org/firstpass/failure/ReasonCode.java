package org.firstpass.failure;

/**
 * Every reason for which Firstpass does not do what it was asked, with a code that never changes.
 *
 * <p>The name may change, the code may not; a code that is retired is not used again. The text says
 * what a PACS administrator can do about it.
 */
public enum ReasonCode {
  GANTRY_TILT(
      "FP1001",
      Kind.REFUSED,
      "The slices are sheared by gantry tilt; send the corrected reconstruction."),
  MISSING_SLICES("FP1002", Kind.REFUSED, "Slice positions have a gap; send the missing instances."),
  DUPLICATE_POSITIONS(
      "FP1003",
      Kind.REFUSED,
      "Two instances lie at one position; split the series by phase or echo."),
  MIXED_ORIENTATIONS(
      "FP1004", Kind.REFUSED, "The instances have different orientations; split the series."),
  LOCALIZER("FP1005", Kind.REFUSED, "A localizer is not segmented."),
  NO_PACKAGE(
      "FP1006",
      Kind.REFUSED,
      "No model package serves this modality and body part; add one or ignore."),
  TOO_FEW_SLICES("FP1007", Kind.REFUSED, "The model needs more slices than the series has."),
  NO_PATIENT_GEOMETRY(
      "FP1008", Kind.REFUSED, "The image has no position in patient space, which the model needs."),
  NO_PIXEL_DATA("FP1009", Kind.REFUSED, "The instances have no image pixel data."),
  UNSUPPORTED_TRANSFER_SYNTAX(
      "FP1010", Kind.REFUSED, "This build cannot decode the transfer syntax; send another one."),
  UNSUPPORTED_PIXEL_FORMAT(
      "FP1011", Kind.REFUSED, "The pixel format is not one that can be read safely."),
  MALFORMED_INSTANCE(
      "FP1012", Kind.REFUSED, "An attribute that is needed is missing, empty or malformed."),
  DAMAGED_PIXEL_DATA(
      "FP1013",
      Kind.REFUSED,
      "The compressed pixel data cannot be decoded; send the instance again."),
  MIXED_FORMATS(
      "FP1014",
      Kind.REFUSED,
      "The instances differ in rows, columns or pixel spacing; split the series."),
  OWN_OUTPUT("FP1015", Kind.REFUSED, "Firstpass made this object; it does not come back as input."),
  NOT_AN_IMAGE("FP1016", Kind.REFUSED, "The SOP class is not one of images."),
  COLOUR_IMAGE("FP1017", Kind.REFUSED, "The model takes grey images, and this one is in colour."),
  IRREGULAR_SPACING(
      "FP1018",
      Kind.REFUSED,
      "Slice distances vary more than the tolerance; send a regular reconstruction."),
  TOO_LARGE("FP1019", Kind.REFUSED, "The volume is larger than this worker may hold."),
  NOTHING_FOUND(
      "FP1020",
      Kind.REFUSED,
      "The model found none of its structures; look whether the right body part was sent."),
  CHANNEL_MISSING(
      "FP1021",
      Kind.REFUSED,
      "The model needs another series of the study in the same frame of reference; send it."),
  ROUTED_NOWHERE("FP1022", Kind.REFUSED, "A routing rule says that this series is not segmented."),
  USED_AS_CHANNEL(
      "FP1023", Kind.REFUSED, "This series is an input for the proposal of another series."),
  REGION_NOT_FOUND(
      "FP1024",
      Kind.REFUSED,
      "The model that looks for the region first did not find it in this series."),
  OVERLAPPING_SEGMENTS(
      "FP1025",
      Kind.REFUSED,
      "Segments of the object share voxels where each voxel may have one label only."),
  OFF_GRID(
      "FP1026",
      Kind.REFUSED,
      "The object does not lie on the voxels of the series; draw it on the series itself."),
  UNKNOWN_SEGMENT(
      "FP1027",
      Kind.REFUSED,
      "The object has a segment that the protocol does not have; give it the protocol's codes or label."),
  NOT_A_STRUCTURE_SET("FP1030", Kind.REFUSED, "The object is no RT Structure Set."),
  CONTOURS_OFF_PLANE(
      "FP1031",
      Kind.REFUSED,
      "A contour is not flat in the plane of the slices; draw it on the slices of the series."),
  SERVICE_NOT_OFFERED(
      "FP1040",
      Kind.REFUSED,
      "The DICOM peer does not offer this service; look at its conformance statement."),
  LATE_INSTANCES_KEPT(
      "FP1041",
      Kind.REFUSED,
      "Instances came after the series was announced and are kept without another proposal; see"
          + " gateway.late."),
  FOREIGN_UNKNOWN_SERIES(
      "FP1060",
      Kind.REFUSED,
      "Nothing is proposed for the series that the object refers to; it is kept, and looked at"
          + " again when there is a proposal."),
  FOREIGN_UNMATCHED(
      "FP1061",
      Kind.REFUSED,
      "A segment of the object is none of the protocol's, or could be several; say in the review"
          + " queue which it is."),
  FOREIGN_OTHER_PATIENT(
      "FP1063",
      Kind.REFUSED,
      "The object names another patient or study than the series that it refers to."),
  FOREIGN_OVERLAP(
      "FP1064",
      Kind.REFUSED,
      "Segments of the object share voxels, which a label map cannot hold; say in the review queue"
          + " which one wins."),
  FOREIGN_TO_BE_CONFIRMED(
      "FP1065", Kind.REFUSED, "The object waits for a reader who confirms it in the review queue."),
  FOREIGN_TASK_CLOSED(
      "FP1066",
      Kind.REFUSED,
      "What the object corrects is decided already; the object is kept beside the decision."),
  FOREIGN_DISCARDED(
      "FP1067", Kind.REFUSED, "A person looked at the object and did not want it used."),
  FOREIGN_SEVERAL_PROPOSALS(
      "FP1068",
      Kind.REFUSED,
      "Several proposals of the series are open and the object names none; say in the review queue"
          + " which it corrects."),
  FOREIGN_REPLACED(
      "FP1069", Kind.REFUSED, "The sender stored the same instance again with other content."),
  QUERY_UNSOUND(
      "FP1070",
      Kind.REFUSED,
      "An archive cannot be asked for this: name a patient, study, accession number or dates, without"
          + " wildcards."),
  QUERY_REFUSED(
      "FP1071",
      Kind.REFUSED,
      "The archive refuses to answer; look up its status in its conformance statement."),
  MOVE_DESTINATION_UNKNOWN(
      "FP1072",
      Kind.REFUSED,
      "The archive does not know our AE title as a destination; enter it there, with our address and"
          + " port."),
  ANSWER_MALFORMED(
      "FP1073", Kind.REFUSED, "The archive answers what is no answer; look at its own log."),
  PROJECT_KEPT(
      "FP1080",
      Kind.REFUSED,
      "Series of this project are kept, and not announced to workers; see gateway.kept-projects."),
  PULL_SOURCE_UNKNOWN(
      "FP1081", Kind.REFUSED, "The file of sources names no such source; see pull.sources."),
  PULL_NOT_FOUND("FP1082", Kind.REFUSED, "The archive does not have what it was asked for."),
  PRIORS_WITHOUT_PATIENT(
      "FP1083",
      Kind.REFUSED,
      "The series names no patient, or no date, so that its priors cannot be asked for."),
  PULL_ANSWER_CUT(
      "FP1084",
      Kind.REFUSED,
      "The archive answers not all that it has, not even for a part of an hour; ask for less."),
  RERUN_UNFIT(
      "FP1090",
      Kind.REFUSED,
      "The package cannot look at a part of a series: it takes several series, or always the same"
          + " box of the patient."),
  STORE_FULL("FP2001", Kind.TRY_AGAIN, "The disk is below the watermark; free space."),
  STORE_UNAVAILABLE(
      "FP2002", Kind.TRY_AGAIN, "The object store does not answer; it is tried again."),
  DATABASE_UNAVAILABLE(
      "FP2003", Kind.TRY_AGAIN, "The database does not answer; it is tried again."),
  BROKER_UNAVAILABLE(
      "FP2004", Kind.TRY_AGAIN, "The Kafka broker does not answer; it is tried again."),
  PEER_UNAVAILABLE(
      "FP2005",
      Kind.TRY_AGAIN,
      "The DICOM peer does not answer; check its address, AE title and allow-list."),
  COMMITMENT_UNANSWERED(
      "FP2006",
      Kind.TRY_AGAIN,
      "The archive took the storage commitment request but did not answer it in time."),
  GATEWAY_BUSY(
      "FP2007",
      Kind.TRY_AGAIN,
      "The gateway has as many instances under way as it may; the sender tries again."),
  DESTINATION_UNAVAILABLE(
      "FP2020",
      Kind.TRY_AGAIN,
      "The destination does not answer, breaks off or takes too long; it is tried again."),
  DESTINATION_BUSY(
      "FP2021",
      Kind.TRY_AGAIN,
      "The destination says that it cannot store now; it is tried again."),
  DESTINATION_DENIES(
      "FP2022",
      Kind.TRY_AGAIN,
      "The destination does not let Firstpass in; look at the file of its authorization."),
  NOT_KEPT(
      "FP2023",
      Kind.TRY_AGAIN,
      "The destination acknowledged the object and does not have it; it is sent again."),
  NOT_YET_CONFIRMED(
      "FP2024",
      Kind.TRY_AGAIN,
      "The destination has not said whether it keeps the object; it is asked again."),
  ARCHIVE_BUSY(
      "FP2030", Kind.TRY_AGAIN, "The archive says that it cannot answer now; it is asked again."),
  RETRIEVE_FAILED(
      "FP2031",
      Kind.TRY_AGAIN,
      "The archive could not send what it was asked for; look whether it reaches our gateway."),
  PULL_INCOMPLETE(
      "FP2035",
      Kind.TRY_AGAIN,
      "Not all that the archive was asked for arrived; it is asked again for the rest."),
  PULL_ABANDONED(
      "FP2036",
      Kind.TRY_AGAIN,
      "Every process that fetched this ended before it was done; look at their logs."),
  PACKAGE_INVALID(
      "FP3001", Kind.DEFECT, "The model package does not match its manifest; run 'model verify'."),
  INFERENCE_FAILED(
      "FP3002", Kind.DEFECT, "The network failed on this input; see the log of the worker."),
  EVENT_UNREADABLE("FP3003", Kind.DEFECT, "A record in Kafka is not an event of a known version."),
  OBJECT_MISSING("FP3004", Kind.DEFECT, "An object that was stored is gone or damaged."),
  DELIVERY_LIMIT(
      "FP3005", Kind.DEFECT, "Every worker that took this series ended before it was done."),
  OUT_OF_MEMORY(
      "FP3006",
      Kind.DEFECT,
      "The network ran out of memory; give the worker more, or let it run less at a time."),
  OUTPUT_NOT_FINITE(
      "FP3007", Kind.DEFECT, "The network answered values that are no numbers; look at the model."),
  INFERENCE_TIMED_OUT(
      "FP3008", Kind.DEFECT, "The network took longer than it may; see worker.timeout."),
  DEVICE_UNAVAILABLE(
      "FP3009",
      Kind.DEFECT,
      "The device that the configuration asks for cannot be used; see worker.device."),
  IMPORT_UNSUPPORTED(
      "FP3010", Kind.DEFECT, "The model asks for a step that packages cannot express."),
  DELIVERY_REFUSED(
      "FP3020",
      Kind.DEFECT,
      "The destination refuses the object; let it take the SOP class, or send it another one."),
  OBJECT_UNSOUND(
      "FP3021",
      Kind.DEFECT,
      "The object breaks the rules of its SOP class and is not sent; its findings say which."),
  OBJECT_NOT_MADE(
      "FP3022", Kind.DEFECT, "The object cannot be made of what is stored; see its explanation."),
  KEPT_DIFFERENT(
      "FP3023",
      Kind.DEFECT,
      "The destination gives back another content than it was sent; look at what it changes."),
  NETWORK_NOT_TRAINABLE(
      "FP3030", Kind.DEFECT, "The trainer cannot carry out the network; the message names what."),
  DATASET_UNFIT(
      "FP3031", Kind.DEFECT, "The data set does not have what the network is to be taught."),
  OTHER_TRAINING(
      "FP3032",
      Kind.DEFECT,
      "What an unfinished training left belongs to another command; finish that, or remove it."),
  UNEXPECTED("FP3999", Kind.DEFECT, "A bug; report it with the log line of this event.");

  /** Who can mend it. */
  public enum Kind {
    /** The sender: this input cannot be handled, and trying again does not help. */
    REFUSED,
    /** Time, or the operator of a neighbouring system. */
    TRY_AGAIN,
    /** We: a bug or a broken model. */
    DEFECT
  }

  private final String code;
  private final Kind kind;
  private final String advice;

  ReasonCode(String code, Kind kind, String advice) {
    this.code = code;
    this.kind = kind;
    this.advice = advice;
  }

  public String code() {
    return code;
  }

  /**
   * The reason with this code.
   *
   * @throws IllegalArgumentException if no version of Firstpass has it
   */
  public static ReasonCode ofCode(String code) {
    for (ReasonCode reason : values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no reason has the code '" + code + "'");
  }

  public Kind kind() {
    return kind;
  }

  public String advice() {
    return advice;
  }
}

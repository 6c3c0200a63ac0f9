package org.firstpass.standalone;

/** A training that cannot be begun, or whose package is not taken; the message ends with a code. */
final class TrainingRefused extends CommandFailed {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  TrainingRefused(Reason reason, String message) {
    super(message + " [" + reason.code + "]");
    this.reason = reason;
  }

  TrainingRefused(Reason reason, String message, Throwable cause) {
    super(message + " [" + reason.code + "]", cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** Why, with a code that never changes. */
  enum Reason {
    /** No data set of this hash or in this folder was made here. */
    DATASET_UNKNOWN("FP4101"),
    /** It has another format, lacks a side, or patients were erased from it. */
    DATASET_UNFIT("FP4102"),
    /** No folder has the package to begin with. */
    BASE_UNKNOWN("FP4103"),
    /** There is such a version, or something was decided of it. */
    VERSION_TAKEN("FP4104"),
    /** There is no trainer to run. */
    TRAINER_MISSING("FP4105"),
    /** The trainer ended with another status than 0, or was stopped. */
    TRAINER_FAILED("FP4106"),
    /** The trainer says that it is done, and there is no package. */
    PACKAGE_MISSING("FP4107"),
    /** The package does not do here what it did where it was made. */
    PACKAGE_UNSOUND("FP4108"),
    /** The package is another one than was asked for. */
    PACKAGE_DIFFERENT("FP4109"),
    /** Somebody trains this version at the moment. */
    UNDER_WAY("FP4110");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}

package org.firstpass.review;

import java.util.Optional;

/**
 * Why a task is discontinued: Procedure Step Discontinuation Reason, context group 9300.
 *
 * @see "PS3.16 CID 9300"
 */
public enum DiscontinuationReason {
  DUPLICATE_ORDER("110510", "Duplicate order"),
  UNSPECIFIED("110513", "Discontinued for unspecified reason"),
  INCORRECT_WORKLIST_ENTRY("110514", "Incorrect worklist entry selected"),
  OBJECTS_INCORRECTLY_FORMATTED("110521", "Objects incorrectly formatted"),
  OBJECT_TYPES_NOT_SUPPORTED("110522", "Object Types not supported"),
  OBJECT_SET_INCOMPLETE("110523", "Object Set incomplete"),
  RESOURCE_PRE_EMPTED("110526", "Resource pre-empted"),
  RESOURCE_INADEQUATE("110527", "Resource inadequate"),
  RESCHEDULING_RECOMMENDED("110529", "Discontinued Procedure Step rescheduling recommended"),
  ASSIGNMENT_REJECTED("110530", "Assignment rejected by assigned resource"),
  INSUFFICIENT_QUALITY("110531", "Insufficient quality"),
  REQUIRES_SPECIALIST("110532", "Requires specialist expertise"),
  EXPIRED("110533", "Work item expired");

  private final String code;
  private final String meaning;

  DiscontinuationReason(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The DCM code value. */
  public String code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  public static Optional<DiscontinuationReason> ofCode(String code) {
    for (DiscontinuationReason reason : values()) {
      if (reason.code.equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}

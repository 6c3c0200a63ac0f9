package org.firstpass.dataset;

import org.firstpass.dataset.split.Split;
import org.firstpass.study.PatientKey;

/**
 * What decides where the files of a case lie.
 *
 * @param number from 0, among the cases of its side in the order of their names
 */
record CasePlace(String name, Split split, PatientKey patient, int number) {
  /** The side in lower case, as folders and lists have it. */
  String side() {
    return side(split);
  }

  static String side(Split split) {
    return switch (split) {
      case TRAINING -> "training";
      case VALIDATION -> "validation";
      case TEST -> "test";
    };
  }
}

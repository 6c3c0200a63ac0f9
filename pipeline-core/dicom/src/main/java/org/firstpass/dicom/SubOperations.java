package org.firstpass.dicom;

import java.util.OptionalInt;

/**
 * How far an archive says it is with a C-MOVE or C-GET; a number that it does not say is 0.
 *
 * @param remaining none if it does not say so
 * @see "PS3.7 9.1.3 and 9.1.4"
 */
public record SubOperations(OptionalInt remaining, int completed, int failed, int warning) {
  static final SubOperations NONE = new SubOperations(OptionalInt.empty(), 0, 0, 0);
}

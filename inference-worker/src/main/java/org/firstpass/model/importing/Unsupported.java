package org.firstpass.model.importing;

import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** Refusals of models that ask for what a manifest cannot say. */
public final class Unsupported {
  private Unsupported() {}

  /**
   * @param step what the model asks for, named as its own files name it
   * @param reason why that cannot be had
   */
  public static Defect because(String step, String reason) {
    return new Defect(ReasonCode.IMPORT_UNSUPPORTED, step + ": " + reason);
  }

  /** A file of the model that is not what it should be. */
  public static Defect malformed(String file, String finding) {
    return new Defect(ReasonCode.IMPORT_UNSUPPORTED, file + " " + finding);
  }
}

package org.firstpass.correction;

/**
 * Where images were made; of no patient.
 *
 * @param scanner manufacturer and model, empty if they are not known
 * @param site Institution Name (0008,0080), empty if it is not known
 */
public record ImageOrigin(String scanner, String site) {
  public static final ImageOrigin UNKNOWN = new ImageOrigin("", "");
}

package org.firstpass.dicom;

/**
 * What made automatic segments.
 *
 * @param name the model package, 1 to 64 characters
 * @param version its version, 1 to 64 characters
 * @param parameters how it was run, possibly empty
 * @param digest of the package's bytes, such as SHA-256 in hexadecimal, possibly empty
 * @see "PS3.3 10.16"
 */
public record AlgorithmIdentification(
    String name, String version, String parameters, String digest) {
  private static final int LONG_STRING = 64;
  private static final int LONG_TEXT = 10_240;

  public AlgorithmIdentification {
    require("name", name, 1, LONG_STRING);
    require("version", version, 1, LONG_STRING);
    require("parameters", parameters, 0, LONG_TEXT);
    require("digest", digest, 0, LONG_STRING);
  }

  /** An algorithm whose bytes have no digest. */
  public AlgorithmIdentification(String name, String version, String parameters) {
    this(name, version, parameters, "");
  }

  private static void require(String what, String text, int min, int max) {
    if (text.strip().length() < min || text.length() > max || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "an algorithm's %s has %d to %d characters and no backslash, but is '%s'"
              .formatted(what, min, max, text));
    }
  }
}

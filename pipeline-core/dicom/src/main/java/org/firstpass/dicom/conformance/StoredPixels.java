package org.firstpass.dicom.conformance;

/**
 * The pixel data of an object, of which only the size is known.
 *
 * @param present whether there are any
 * @param encapsulated whether they are compressed, in fragments
 * @param length bytes that the element says, if not encapsulated
 * @param available bytes that are there, if not encapsulated
 * @param fragments how many, without the offset table
 */
public record StoredPixels(
    boolean present, boolean encapsulated, long length, long available, int fragments) {
  /** No pixel data. */
  public static final StoredPixels NONE = new StoredPixels(false, false, 0, 0, 0);
}

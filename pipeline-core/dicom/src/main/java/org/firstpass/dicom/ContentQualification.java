package org.firstpass.dicom;

/**
 * What a SEG object may be used for: Content Qualification (0018,9004).
 *
 * @see "PS3.3 C.8.13.2.1.1"
 */
public enum ContentQualification {
  /** Made by what is approved as a product. */
  PRODUCT,
  /** Made by what is not. */
  RESEARCH,
  /** Made by a service, for instance to look after a device. */
  SERVICE
}

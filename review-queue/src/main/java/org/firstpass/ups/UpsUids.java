package org.firstpass.ups;

/**
 * UIDs of the Unified Procedure Step service.
 *
 * @see "PS3.6 Table A-1"
 */
public final class UpsUids {
  /** UPS Push: the SOP class of every workitem, whoever reads it how. */
  public static final String PUSH_SOP_CLASS = "1.2.840.10008.5.1.4.34.6.1";

  /** Whoever subscribes to this one subscribes to all, present and to come. */
  public static final String GLOBAL_SUBSCRIPTION = "1.2.840.10008.5.1.4.34.5";

  /** The same for those that match a filter. */
  public static final String FILTERED_SUBSCRIPTION = "1.2.840.10008.5.1.4.34.5.1";

  static final String SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";

  private UpsUids() {}
}

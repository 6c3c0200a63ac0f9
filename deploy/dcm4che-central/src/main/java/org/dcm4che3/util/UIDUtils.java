package org.dcm4che3.util;

/** Upstream's name for the static UID functions, which the fork keeps in its UID class. */
public final class UIDUtils extends org.aoju.bus.image.UID {
  private UIDUtils() {}
}

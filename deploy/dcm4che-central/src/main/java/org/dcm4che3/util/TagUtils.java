package org.dcm4che3.util;

/** Upstream's name for the static tag functions, which the fork keeps in its tag class. */
public final class TagUtils extends org.aoju.bus.image.Tag {
  private TagUtils() {}
}

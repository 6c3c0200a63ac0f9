package org.dcm4che3.data;

/**
 * The default implementation identity: dcm4che's class UID, and a version name that tells the fork
 * from upstream.
 */
public final class Implementation {
  private static final String CLASS_UID = "1.2.40.0.13.1.3";
  private static final String VERSION_NAME = "dcm4che-fork-8.0";

  private Implementation() {}

  public static String getClassUID() {
    return CLASS_UID;
  }

  public static String getVersionName() {
    return VERSION_NAME;
  }
}

package org.firstpass.dicom;

import java.util.Set;

/**
 * How the storage SCP listens.
 *
 * @param aeTitle the AE title that it answers to; any other called AE title is rejected
 * @param bindAddress the address it listens on, for instance 127.0.0.1
 * @param port 1 to 65535, or 0 for any free one
 * @param allowedCallingAeTitles who may open an association; empty: all
 */
public record ScpConfig(
    String aeTitle, String bindAddress, int port, Set<String> allowedCallingAeTitles) {
  public ScpConfig {
    AeTitles.require("aeTitle", aeTitle);
    if (bindAddress.isBlank()) {
      throw new IllegalArgumentException("bindAddress must not be blank");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is 0 to 65535, but is " + port);
    }
    for (String title : allowedCallingAeTitles) {
      AeTitles.require("allowedCallingAeTitles", title);
    }
    allowedCallingAeTitles = Set.copyOf(allowedCallingAeTitles);
  }
}

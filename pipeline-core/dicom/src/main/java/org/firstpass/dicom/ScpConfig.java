package org.firstpass.dicom;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * How the storage SCP listens.
 *
 * @param projects what is sent to each of its AE titles is for; any other called AE title is
 *     rejected
 * @param bindAddress the address it listens on, for instance 127.0.0.1
 * @param port without TLS: 1 to 65535, or 0 for any free one
 * @param tls the port with TLS, null: none
 */
public record ScpConfig(
    Map<String, ProjectName> projects,
    String bindAddress,
    int port,
    @Nullable TlsListener tls,
    AccessList access,
    ScpLimits limits) {
  public ScpConfig {
    if (projects.isEmpty()) {
      throw new IllegalArgumentException("an SCP needs an AE title");
    }
    projects.keySet().forEach(title -> AeTitles.require("aeTitle", title));
    if (bindAddress.isBlank()) {
      throw new IllegalArgumentException("bindAddress must not be blank");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is 0 to 65535, but is " + port);
    }
    projects = Map.copyOf(projects);
  }

  /**
   * One AE title, without TLS.
   *
   * @param allowedCallingAeTitles who may open an association; empty: all
   */
  public ScpConfig(
      String aeTitle, String bindAddress, int port, Set<String> allowedCallingAeTitles) {
    this(
        Map.of(aeTitle, ProjectName.DEFAULT),
        bindAddress,
        port,
        null,
        new AccessList(allowedCallingAeTitles.stream().map(AccessRule::of).toList()),
        ScpLimits.DEFAULT);
  }

  /** What a series sent to this AE title is for; the default if it came by another way. */
  public ProjectName projectOf(String calledAeTitle) {
    return projects.getOrDefault(calledAeTitle, ProjectName.DEFAULT);
  }

  /** Its AE titles, for people. */
  String titles() {
    return String.join(", ", new TreeMap<>(projects).keySet());
  }
}

package org.firstpass.dicom;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.tls.CertificateMark;

/**
 * Who may open an association. All that it states must hold.
 *
 * @param callingAeTitle the caller's AE title, or * for any
 * @param hosts where it may call from; empty: from anywhere
 * @param certificates the TLS client certificate that it must show; empty: none is needed
 * @param calledAeTitles which of our AE titles it may call; empty: all
 * @param associations how many it may have open at once; 0: no bound of its own
 */
public record AccessRule(
    String callingAeTitle,
    List<HostRange> hosts,
    List<CertificateMark> certificates,
    Set<String> calledAeTitles,
    int associations) {
  private static final String ANY = "*";

  public AccessRule {
    if (!callingAeTitle.equals(ANY)) {
      AeTitles.require("callingAeTitle", callingAeTitle);
    }
    calledAeTitles.forEach(title -> AeTitles.require("calledAeTitles", title));
    if (associations < 0) {
      throw new IllegalArgumentException(
          "associations is 0 or more, but is " + associations + " for " + callingAeTitle);
    }
    hosts = List.copyOf(hosts);
    certificates = List.copyOf(certificates);
    calledAeTitles = Set.copyOf(calledAeTitles);
  }

  /** Whoever has this AE title. */
  public static AccessRule of(String callingAeTitle) {
    return new AccessRule(callingAeTitle, List.of(), List.of(), Set.of(), 0);
  }

  /** Why it does not let this caller in; empty if it does. */
  Optional<AssociationRejection> refusal(Caller caller) {
    if (!callingAeTitle.equals(ANY) && !callingAeTitle.equals(caller.callingAeTitle())) {
      return Optional.of(AssociationRejection.CALLING_AE_TITLE);
    }
    if (!calledAeTitles.isEmpty() && !calledAeTitles.contains(caller.calledAeTitle())) {
      return Optional.of(AssociationRejection.NOT_FOR_CALLER);
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(range -> range.contains(caller.host()))) {
      return Optional.of(AssociationRejection.HOST);
    }
    boolean known =
        certificates.isEmpty()
            || caller.certificates().stream()
                .limit(1)
                .anyMatch(shown -> certificates.stream().anyMatch(mark -> mark.marks(shown)));
    return known ? Optional.empty() : Optional.of(AssociationRejection.CERTIFICATE);
  }

  /**
   * Who calls.
   *
   * @param certificates what it showed, its own first; empty if it showed none
   */
  record Caller(
      String callingAeTitle,
      String calledAeTitle,
      InetAddress host,
      List<X509Certificate> certificates) {}
}

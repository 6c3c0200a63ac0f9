package org.firstpass.dicom;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.firstpass.dicom.AccessList.Verdict;
import org.firstpass.dicom.AccessRule.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who may come in, and answers in our name instead of the toolkit's. Safe for use by many
 * threads.
 */
final class AssociationGate extends AssociationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationGate.class);

  private final ScpConfig config;
  private final ScpWatch watch;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  AssociationGate(ScpConfig config, ScpWatch watch) {
    this.config = config;
    this.watch = watch;
  }

  @Override
  protected AAssociateAC negotiate(Association association, AAssociateRQ request)
      throws IOException {
    Caller caller = callerOf(association, request);
    if (!config.projects().containsKey(caller.calledAeTitle())) {
      throw rejected(caller, AssociationRejection.CALLED_AE_TITLE);
    }
    Verdict verdict = config.access().verdict(caller);
    Optional<AssociationRejection> refusal = verdict.refusal();
    if (refusal.isPresent()) {
      throw rejected(caller, refusal.get());
    }
    int most = verdict.rule().map(AccessRule::associations).orElse(0);
    String title = caller.callingAeTitle();
    if (open.merge(title, 1, Integer::sum) > most && most > 0) {
      leave(title);
      throw rejected(caller, AssociationRejection.CALLER_LIMIT);
    }
    try {
      AAssociateAC answer = super.negotiate(association, request);
      answer.setImplClassUID(OwnEquipment.IMPLEMENTATION_CLASS_UID);
      answer.setImplVersionName(OwnEquipment.IMPLEMENTATION_VERSION_NAME);
      association.addAssociationListener(closed -> leave(title));
      return answer;
    } catch (AAssociateRJ e) {
      leave(title);
      // The toolkit itself rejects what it cannot speak, and what is too much for it.
      boolean full = e.getResult() == AAssociateRJ.RESULT_REJECTED_TRANSIENT;
      rejected(caller, full ? AssociationRejection.LIMIT : AssociationRejection.PROTOCOL);
      throw e;
    }
  }

  private void leave(String callingAeTitle) {
    open.computeIfPresent(callingAeTitle, (title, count) -> count == 1 ? null : count - 1);
  }

  private AAssociateRJ rejected(Caller caller, AssociationRejection reason) {
    LOG.warn(
        "association of {} to {} from {} rejected: {}",
        caller.callingAeTitle(),
        caller.calledAeTitle(),
        caller.host().getHostAddress(),
        reason);
    watch.rejected(reason);
    return reason.answer();
  }

  private static Caller callerOf(Association association, AAssociateRQ request) {
    InetAddress host = association.getSocket().getInetAddress();
    return new Caller(
        request.getCallingAET(), request.getCalledAET(), host, certificates(association));
  }

  private static List<X509Certificate> certificates(Association association) {
    if (!(association.getSocket() instanceof SSLSocket tls)) {
      return List.of();
    }
    try {
      Certificate[] shown = tls.getSession().getPeerCertificates();
      return Arrays.stream(shown)
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}

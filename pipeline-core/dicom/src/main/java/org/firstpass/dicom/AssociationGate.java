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
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.firstpass.dicom.AccessList.Verdict;
import org.firstpass.dicom.AccessRule.Caller;
import org.firstpass.dicom.wire.GuardedSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who may come in, and answers in our name instead of the toolkit's. Safe for use by many
 * threads.
 */
final class AssociationGate extends AssociationHandler {
  /** Below this a fragment is little else than its headers. */
  static final int LEAST_PDU_LENGTH = 128;

  private static final Logger LOG = LoggerFactory.getLogger(AssociationGate.class);

  private final ScpConfig config;
  private final ScpWatch watch;
  private final AtomicInteger all = new AtomicInteger();
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
    if (!hasRoomForFragments(request)) {
      throw rejected(caller, AssociationRejection.PROTOCOL);
    }
    enter(caller, verdict.rule().map(AccessRule::associations).orElse(0));
    // Entered once, left once, whatever a proposal makes the toolkit throw.
    association.addAssociationListener(closed -> leave(caller.callingAeTitle()));
    try {
      AAssociateAC answer = super.negotiate(association, request);
      answer.setImplClassUID(OwnEquipment.IMPLEMENTATION_CLASS_UID);
      answer.setImplVersionName(OwnEquipment.IMPLEMENTATION_VERSION_NAME);
      return answer;
    } catch (AAssociateRJ e) {
      // The toolkit itself rejects what it cannot speak.
      rejected(caller, AssociationRejection.PROTOCOL);
      throw e;
    }
  }

  /**
   * A caller that says that it takes PDUs of a few bytes would be sent empty fragments for ever,
   * and one that says 2 GiB or more means that it does not mind (PS3.8 D.1).
   */
  private static boolean hasRoomForFragments(AAssociateRQ request) {
    if (request.getMaxPDULength() < 0) {
      request.setMaxPDULength(0);
    }
    return request.getMaxPDULength() == 0 || request.getMaxPDULength() >= LEAST_PDU_LENGTH;
  }

  private void enter(Caller caller, int most) throws AAssociateRJ {
    String title = caller.callingAeTitle();
    if (all.incrementAndGet() > config.limits().associations()) {
      all.decrementAndGet();
      throw rejected(caller, AssociationRejection.LIMIT);
    }
    if (open.merge(title, 1, Integer::sum) > most && most > 0) {
      leave(title);
      throw rejected(caller, AssociationRejection.CALLER_LIMIT);
    }
  }

  private void leave(String callingAeTitle) {
    all.decrementAndGet();
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
    if (!(association.getSocket() instanceof GuardedSocket socket)
        || socket.tlsSession().isEmpty()) {
      return List.of();
    }
    try {
      Certificate[] shown = socket.tlsSession().get().getPeerCertificates();
      return Arrays.stream(shown)
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}

package org.firstpass.dicom;

import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationMonitor;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The associations that are open, so that closing can end them. Safe for use by several threads.
 */
final class OpenAssociations implements AssociationMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAssociations.class);

  /** Beyond the idle time, so that it only ends a peer that falls silent amid an instance. */
  private static final int SILENCE_MS = StorageScp.IDLE_MS + 10_000;

  private final Set<Association> open = ConcurrentHashMap.newKeySet();

  @Override
  public void onAssociationAccepted(Association association) {
    try {
      association.getSocket().setSoTimeout(SILENCE_MS);
    } catch (SocketException e) {
      LOG.debug("the socket of an association closed at once", e);
    }
    open.add(association);
    association.addAssociationListener(open::remove);
  }

  @Override
  public void onAssociationRejected(Association association, AAssociateRJ rejection) {
    // The gate has said so.
  }

  @Override
  public void onAssociationEstablished(Association association) {
    // Of associations that we request, which is not done here.
  }

  @Override
  public void onAssociationFailed(Association association, Throwable cause) {
    // Of associations that we request, which is not done here.
  }

  int count() {
    return open.size();
  }

  void abortAll() {
    open.forEach(Association::abort);
  }
}

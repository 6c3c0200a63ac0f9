package org.firstpass.dicom;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationMonitor;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.firstpass.dicom.wire.GuardedSocket;

/**
 * The associations that are open, so that closing can end them. Safe for use by several threads.
 */
final class OpenAssociations implements AssociationMonitor {
  private final Set<Association> open = ConcurrentHashMap.newKeySet();
  private final Consumer<GuardedSocket> accepted;

  /**
   * @param accepted told of each connection that has an association now
   */
  OpenAssociations(Consumer<GuardedSocket> accepted) {
    this.accepted = accepted;
  }

  @Override
  public void onAssociationAccepted(Association association) {
    if (association.getSocket() instanceof GuardedSocket socket) {
      accepted.accept(socket);
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

  /** What aborts each of them; a peer that does not read may hold that up. */
  List<Runnable> aborts() {
    return open.stream().map(association -> (Runnable) association::abort).toList();
  }
}

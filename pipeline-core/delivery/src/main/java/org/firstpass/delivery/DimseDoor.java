package org.firstpass.delivery;

import java.time.Duration;
import java.util.List;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.ObjectScu;
import org.firstpass.dicom.StoreAnswer;

/** A destination that speaks DIMSE: C-STORE, and C-FIND for reading back. */
final class DimseDoor implements Door, Confirmation {
  private final DicomPeer peer;

  DimseDoor(DicomPeer peer) {
    this.peer = peer;
  }

  @Override
  public StoreAnswer store(List<InstanceSource> forms, Duration limit) {
    return ObjectScu.store(peer, forms, limit);
  }

  @Override
  public Answer confirm(InstanceSource sent, Duration limit) {
    return ObjectScu.holds(peer, ObjectIdentity.read(sent), limit) ? Answer.KEPT : Answer.MISSING;
  }
}

package org.firstpass.delivery;

import java.time.Duration;
import java.util.List;
import org.firstpass.dicom.Announcement;
import org.firstpass.dicom.AvailabilityNotice;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.ReferencedInstance;
import org.firstpass.dicom.StoreAnswer;
import org.firstpass.dicom.StoreAnswer.Kind;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SopInstanceUid;

/**
 * Tells of an object where others wait for it. What is sent is the notice: its answer is its
 * confirmation.
 */
final class NoticeDoor implements Door, Confirmation {
  private final String name;
  private final DicomPeer peer;
  private final String retrieveAeTitle;

  NoticeDoor(String name, DicomPeer peer, String retrieveAeTitle) {
    this.name = name;
    this.peer = peer;
    this.retrieveAeTitle = retrieveAeTitle;
  }

  @Override
  public StoreAnswer store(List<InstanceSource> forms, Duration limit) {
    ObjectIdentity object = ObjectIdentity.read(forms.get(0));
    var instance = new ReferencedInstance(object.sopClass(), object.instance());
    // Derived, so that a notice that is sent again is known to be the same.
    String id =
        DicomUid.of(
            NameBasedUuid.of(
                "availability-notice", name, retrieveAeTitle, object.instance().value()));
    var notice =
        new AvailabilityNotice(
            new SopInstanceUid(id),
            object.reference().study(),
            List.of(new Announcement.Series(object.reference().series(), List.of(instance))),
            retrieveAeTitle);
    notice.send(peer, limit);
    return new StoreAnswer(Kind.STORED, "told");
  }

  @Override
  public Answer confirm(InstanceSource told, Duration limit) {
    return Answer.KEPT;
  }
}

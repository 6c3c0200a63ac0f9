package org.firstpass.delivery;

import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.peer.WebCalls;

/** How a destination is reached and asked. */
record Doors(Door door, Confirmation confirmation) {
  static Doors of(Destination destination, CommitmentInbox answers) {
    if (destination.stow() != null) {
      var calls = new WebCalls(destination.stow());
      return new Doors(new StowDoor(calls), new WebReadBack(calls));
    }
    if (destination.dimse() != null) {
      var dimse = new DimseDoor(destination.dimse().peer());
      return destination.confirmation() == ConfirmationKind.COMMITMENT
          ? new Doors(dimse, new CommitmentConfirmation(destination.dimse().peer(), answers))
          : new Doors(dimse, dimse);
    }
    throw new IllegalArgumentException(
        "destination '" + destination.name() + "' has neither dimse nor stow");
  }
}

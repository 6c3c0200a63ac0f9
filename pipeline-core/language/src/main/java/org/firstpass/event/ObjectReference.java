package org.firstpass.event;

import org.firstpass.study.Sha256;

/** A stored object by its content: what events carry instead of pixels, masks and weights. */
public record ObjectReference(Sha256 digest, long size, String mediaType) {
  public ObjectReference {
    if (size < 0) {
      throw new IllegalArgumentException("an object's size is not negative, but is " + size);
    }
  }
}

package org.firstpass.store;

import java.io.IOException;
import java.io.InputStream;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.Sha256;

/**
 * Objects that are named by their content and never change.
 *
 * <p>What a {@code put} or {@code commit} returned survives a power cut. Putting the same content
 * again is no error and changes nothing. Every implementation is safe for use by many threads.
 *
 * <p>A store that cannot write throws {@link TryAgainLater} with {@link ReasonCode#STORE_FULL} or
 * {@link ReasonCode#STORE_UNAVAILABLE}; an object that is gone or damaged is a {@link Defect} with
 * {@link ReasonCode#OBJECT_MISSING}.
 */
public interface ObjectStore {

  ObjectReference put(byte[] content, String mediaType);

  /** Stores the stream to its end. The stream is not closed. */
  default ObjectReference put(InputStream content, String mediaType) {
    try (StagedObject staged = stage(content)) {
      return staged.commit(mediaType);
    }
  }

  /** Takes the stream in without making it an object yet, so that it can be looked at first. */
  StagedObject stage(InputStream content);

  /**
   * The content; its digest is checked when the end is reached, and a wrong one is an IOException.
   */
  InputStream open(Sha256 digest) throws IOException;

  /** The whole content, checked against the digest. */
  byte[] read(Sha256 digest);

  boolean contains(Sha256 digest);

  /** How many bytes may still be stored. */
  long usableBytes();
}

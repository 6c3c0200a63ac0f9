package org.firstpass.store;

import java.io.IOException;
import java.io.InputStream;
import org.firstpass.event.ObjectReference;
import org.firstpass.study.Sha256;

/** Content that is written but not yet an object. Closing it without a commit leaves no trace. */
public interface StagedObject extends AutoCloseable {

  Sha256 digest();

  long size();

  /** The staged bytes, any number of times, until it is committed or closed. */
  InputStream open() throws IOException;

  /**
   * Makes it an object; its content survives a power cut and its name the end of this process. Not
   * committed before {@link Named#settle} returned: until then something else may be done.
   */
  Named name(String mediaType);

  /** Makes it an object; when this returns it survives a power cut. */
  default ObjectReference commit(String mediaType) {
    Named named = name(mediaType);
    named.settle();
    return named.reference();
  }

  /** An object whose name is not yet flushed. */
  interface Named {
    ObjectReference reference();

    /** When this returns it survives a power cut. */
    void settle();
  }

  @Override
  void close();
}

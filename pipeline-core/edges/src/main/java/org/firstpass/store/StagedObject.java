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

  /** Makes it an object; when this returns it survives a power cut. */
  ObjectReference commit(String mediaType);

  @Override
  void close();
}

package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one instance as a DICOM file (PS3.10), which can be opened again and again.
 *
 * <p>Everything that is read again from a store is one. {@link #open} may be called from several
 * threads at the same time.
 */
@FunctionalInterface
public interface InstanceSource {
  /** A new stream at the first byte; who opens it closes it. */
  InputStream open() throws IOException;
}

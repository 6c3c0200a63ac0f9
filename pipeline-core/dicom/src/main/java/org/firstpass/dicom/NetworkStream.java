package org.firstpass.dicom;

import java.io.InputStream;

/**
 * A data set as it comes over the network, which remembers that the peer went away.
 *
 * <p>Whatever the receiver makes of a read that failed, the association is what ended, and no
 * status can be sent.
 */
final class NetworkStream extends WatchedStream {
  NetworkStream(InputStream data) {
    super(data);
  }

  @Override
  public void close() {
    // The association lives on.
  }
}

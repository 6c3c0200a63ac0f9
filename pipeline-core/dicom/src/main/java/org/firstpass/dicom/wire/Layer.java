package org.firstpass.dicom.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What is spoken on a TCP connection: nothing more, or TLS. */
@FunctionalInterface
public interface Layer {
  /** Nothing more. */
  Layer PLAIN = tcp -> tcp;

  /** The socket that is spoken through, which closes the other one; no hands are shaken yet. */
  Socket on(Socket tcp) throws IOException;

  /** What has come through it, as it is seen on the way to who reads. */
  default InputStream received(InputStream in) {
    return in;
  }
}

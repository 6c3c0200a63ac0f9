package org.firstpass.ups;

import java.util.Optional;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/** Objects that came back through the gateway, by C-STORE or STOW-RS. */
@FunctionalInterface
public interface StoredOutputs {

  /** The Part 10 bytes of an instance, if it has arrived in a complete series. */
  Optional<byte[]> find(SeriesInstanceUid series, SopInstanceUid instance);
}

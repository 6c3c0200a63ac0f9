package org.firstpass.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.StorageScp;
import org.firstpass.study.SeriesInstanceUid;

/** Our SCP that lets go of every instance: what the transport alone takes. */
final class DiscardingReceiver implements Receiver {
  private final AtomicLong received = new AtomicLong();
  private final StorageScp scp =
      new StorageScp(new ScpConfig("DISCARD", "127.0.0.1", 0, Set.of()), this::discard);

  DiscardingReceiver() {
    scp.start();
  }

  private void discard(IncomingInstance instance) {
    try {
      instance.part10().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    received.incrementAndGet();
  }

  @Override
  public DicomPeer peer() {
    return new DicomPeer("127.0.0.1", scp.port(), "DISCARD", "BENCH");
  }

  @Override
  public long settled(SeriesInstanceUid series) {
    return received.getAndSet(0);
  }

  @Override
  public void close() {
    scp.close();
  }
}

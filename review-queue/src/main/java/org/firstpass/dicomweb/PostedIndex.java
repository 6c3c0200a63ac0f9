package org.firstpass.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what one request stores found when it is answered: who posts an instance looks for it next.
 * The arrival of its series puts it into the index for good, also if this one could not. For one
 * thread.
 */
final class PostedIndex {
  private static final Logger LOG = LoggerFactory.getLogger(PostedIndex.class);
  private static final int BATCH = 200;

  private final ObjectStore store;
  private final IndexRows rows;
  private final List<IndexedInstance> waiting = new ArrayList<>();

  PostedIndex(ObjectStore store, IndexRows rows) {
    this.store = store;
    this.rows = rows;
  }

  /** Stores an instance and remembers it. */
  void receive(InstanceReceiver receiver, IncomingInstance instance) {
    var bytes = new CountedDigest(instance.part10());
    receiver.receive(instance.with(bytes));
    try {
      Sha256 content = bytes.content();
      waiting.add(IndexedInstance.read(() -> store.open(content), content, bytes.count));
    } catch (RuntimeException e) {
      notFoundYet(e);
    }
    if (waiting.size() == BATCH) {
      flush();
    }
  }

  /** Makes found what was stored. */
  void flush() {
    try {
      rows.addPosted(waiting);
    } catch (RuntimeException e) {
      notFoundYet(e);
    }
    waiting.clear();
  }

  // It is stored, and so it is said. The message of a foreign exception may hold anything.
  private static void notFoundYet(RuntimeException e) {
    LOG.warn(
        "posted instances are found when their series is complete: {}", e.getClass().getName());
  }

  /** The name under which the bytes that are read here are stored. */
  private static final class CountedDigest extends DigestInputStream {
    private long count;

    CountedDigest(InputStream part10) {
      super(part10, Sha256.newDigest());
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }

    Sha256 content() {
      return Sha256.from(getMessageDigest().digest());
    }
  }
}

package org.firstpass.server;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ReferencedImages;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.review.ReviewQueue;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/** The images of series for which something is proposed. Safe for use by many threads. */
final class ProposedImages implements ReferencedImages {
  private final ForeignLedger ledger;
  private final ReviewQueue queue;
  private final ObjectStore store;

  ProposedImages(ForeignLedger ledger, ReviewQueue queue, ObjectStore store) {
    this.ledger = ledger;
    this.queue = queue;
    this.store = store;
  }

  @Override
  public Map<SopInstanceUid, InstanceSource> of(SeriesInstanceUid series) {
    Map<SopInstanceUid, InstanceSource> images = new HashMap<>();
    for (UUID task : ledger.tasksOf(series)) {
      queue.find(task).ifPresent(row -> add(row.task().subject().proposal().input(), images));
    }
    return images;
  }

  private void add(SeriesInput input, Map<SopInstanceUid, InstanceSource> images) {
    byte[] manifest = store.read(input.manifest().digest());
    for (InstanceReference instance : SeriesRevisionCodec.decode(manifest).instances()) {
      images.put(instance.instance(), () -> store.open(instance.content()));
    }
  }
}

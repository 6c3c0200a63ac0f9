package org.firstpass.dicomweb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.StudyRefused;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into the index what arrives, what is proposed and what is decided. The same event again
 * changes nothing. Safe for use by many threads and processes.
 */
final class IndexFollower {
  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
  private static final int BATCH = 200;

  private final ObjectStore store;
  private final IndexRows rows;

  IndexFollower(ObjectStore store, IndexRows rows) {
    this.store = store;
    this.rows = rows;
  }

  void accept(FirstpassEvent event) {
    if (event instanceof SeriesArrived arrived) {
      arrived(arrived);
    } else if (event instanceof ProposalMade made) {
      derived(event, made.segmentation());
    } else if (event instanceof CorrectionAccepted accepted) {
      derived(event, accepted.segmentation());
    }
  }

  private void arrived(SeriesArrived event) {
    SeriesRevision revision =
        SeriesRevisionCodec.decode(store.read(event.input().manifest().digest()));
    Map<String, String> known = rows.contents(event.series().value());
    List<IndexedInstance> batch = new ArrayList<>();
    for (InstanceReference instance : revision.instances()) {
      String indexed = known.getOrDefault(instance.instance().value(), "");
      if (!indexed.equals(instance.content().hex())) {
        read(event, instance.content(), instance.size(), batch);
      }
      if (batch.size() == BATCH) {
        rows.add(batch, true);
        batch.clear();
      }
    }
    rows.add(batch, true);
  }

  private void derived(FirstpassEvent event, ObjectReference segmentation) {
    List<IndexedInstance> one = new ArrayList<>();
    read(event, segmentation.digest(), segmentation.size(), one);
    rows.add(one, false);
  }

  /** An instance that cannot be read is left out, and the others are found all the same. */
  private void read(FirstpassEvent event, Sha256 content, long size, List<IndexedInstance> target) {
    try {
      target.add(IndexedInstance.read(() -> store.open(content), content, size));
    } catch (StudyRefused e) {
      LOG.warn(
          "event {}: object {} is not found by DICOMweb: {} {}",
          event.id(),
          content,
          e.code().code(),
          e.getMessage());
    }
  }
}

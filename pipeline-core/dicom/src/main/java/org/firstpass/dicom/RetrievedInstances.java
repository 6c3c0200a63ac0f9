package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.RetrieveReport.Received;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyReference;

/**
 * Passes on what comes by C-GET, and notes what became of it and whether it was asked for. Safe for
 * use by several threads.
 */
final class RetrievedInstances implements InstanceReceiver {
  private final RetrieveKey key;
  private final InstanceReceiver receiver;
  private final Set<SopInstanceUid> stored = new LinkedHashSet<>();
  private final Set<SopInstanceUid> unasked = new LinkedHashSet<>();
  private final Map<SopInstanceUid, ReasonCode> refused = new LinkedHashMap<>();

  RetrievedInstances(RetrieveKey key, InstanceReceiver receiver) {
    this.key = key;
    this.receiver = receiver;
  }

  @Override
  public void receive(IncomingInstance incoming) {
    try {
      PostedInstance looked = PostedInstance.of(StoredDataSet.of(incoming.part10()));
      receiver.receive(incoming.with(looked.incoming().part10()));
      note(incoming.instance(), looked.reference());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FirstpassFailure e) {
      refuse(incoming.instance(), e.code());
      throw e;
    }
  }

  private synchronized void note(SopInstanceUid instance, Optional<StudyReference> reference) {
    if (stored.size() < Received.MOST) {
      stored.add(instance);
    }
    if (!reference.map(found -> isAsked(instance, found)).orElse(true)
        && unasked.size() < Received.MOST) {
      unasked.add(instance);
    }
  }

  private synchronized void refuse(SopInstanceUid instance, ReasonCode why) {
    if (refused.size() < Received.MOST) {
      refused.put(instance, why);
    }
  }

  private boolean isAsked(SopInstanceUid instance, StudyReference found) {
    if (!found.study().equals(key.study().study())) {
      return false;
    }
    if (key instanceof RetrieveKey.OfSeries one) {
      return one.series().equals(found.series());
    }
    return !(key instanceof RetrieveKey.OfInstances some)
        || some.series().equals(found.series()) && some.instances().contains(instance);
  }

  synchronized Received soFar() {
    return new Received(List.copyOf(stored), List.copyOf(unasked), refused);
  }
}

package org.firstpass.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.Intent;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.study.SeriesInstanceUid;

/** A ledger whose process ends before it can say where an object was put. */
record CrashingForeignLedger(ForeignLedger inner) implements ForeignLedger {
  @Override
  public ForeignItem file(UUID id, Filed filed, Instant now) {
    throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "gone before the object was filed");
  }

  @Override
  public void arrived(List<ForeignObject> objects, Instant now) {
    inner.arrived(objects, now);
  }

  @Override
  public Optional<ForeignItem> find(UUID id) {
    return inner.find(id);
  }

  @Override
  public List<ForeignItem> list(State state, int limit) {
    return inner.list(state, limit);
  }

  @Override
  public List<ForeignItem> keptFor(UUID task) {
    return inner.keptFor(task);
  }

  @Override
  public List<UUID> waitingFor(SeriesInstanceUid series) {
    return inner.waitingFor(series);
  }

  @Override
  public List<UUID> underWay() {
    return inner.underWay();
  }

  @Override
  public List<UUID> tasksOf(SeriesInstanceUid series) {
    return inner.tasksOf(series);
  }

  @Override
  public List<UUID> correctionsOf(UUID task) {
    return inner.correctionsOf(task);
  }

  @Override
  public void refersTo(UUID id, List<SeriesInstanceUid> series) {
    inner.refersTo(id, series);
  }

  @Override
  public boolean intend(UUID id, Intent intent) {
    return inner.intend(id, intent);
  }

  @Override
  public Optional<ForeignItem> fileUnlessUnderWay(UUID id, Filed filed, Instant now) {
    return inner.fileUnlessUnderWay(id, filed, now);
  }

  @Override
  public Map<State, Long> counts() {
    return inner.counts();
  }
}

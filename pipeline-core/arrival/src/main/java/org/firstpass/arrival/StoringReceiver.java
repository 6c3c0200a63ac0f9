package org.firstpass.arrival;

import java.time.Clock;
import org.firstpass.arrival.InstanceIndex.Outcome;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.store.ObjectStore;
import org.firstpass.store.StagedObject;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an instance: written, checked, flushed, indexed, and only then the sender is told so. Safe
 * for use by many threads.
 */
final class StoringReceiver implements InstanceReceiver {
  static final String MEDIA_TYPE = "application/dicom";
  private static final Logger LOG = LoggerFactory.getLogger(StoringReceiver.class);

  private final GatewayConfig config;
  private final ObjectStore store;
  private final IndexWriter index;
  private final ReceivingNow receiving;
  private final ArrivalMetrics metrics;
  private final Clock clock;
  private final LatestRefusals refusals = new LatestRefusals();

  StoringReceiver(
      GatewayConfig config,
      ObjectStore store,
      IndexWriter index,
      ReceivingNow receiving,
      ArrivalMetrics metrics,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.index = index;
    this.receiving = receiving;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void receive(IncomingInstance instance) {
    receive(instance, config.scp().projectOf(instance.calledAeTitle()));
  }

  /** Takes instances for a project, whoever was called. */
  InstanceReceiver into(ProjectName project) {
    return instance -> receive(instance, project);
  }

  LatestRefusals refusals() {
    return refusals;
  }

  private void receive(IncomingInstance instance, ProjectName project) {
    try (var reception = receiving.begin(instance.sender().text(), clock.instant())) {
      metrics.receiving(() -> take(instance, project));
    } catch (FirstpassFailure e) {
      // Whoever handed it in says so: the DICOM edge in its log, an import in its report.
      metrics.refused(e.code());
      refusals.add(instance.instance(), e.code());
      throw e;
    }
  }

  private void take(IncomingInstance instance, ProjectName project) {
    requireSpace();
    try (StagedObject staged = store.stage(instance.part10())) {
      InstanceHeader header = InstanceHeader.read(staged::open);
      requireAnnounced(instance, header);
      PatientKey patient =
          config.patients().keyOf(header.patient().issuer(), header.patient().id());
      StagedObject.Named named = staged.name(MEDIA_TYPE);
      ObjectReference content = named.reference();
      // The index is written while the name of the object is flushed: the sender waits for both.
      IndexWriter.Ticket row =
          index.add(
              new IndexRow(header, content, patient, instance.sender(), project, clock.instant()));
      named.settle();
      Outcome outcome = row.await();
      metrics.stored(outcome, content.size());
      log(header, outcome, content);
    }
  }

  private void requireSpace() {
    long usable = store.usableBytes();
    if (usable < config.minFreeBytes()) {
      throw new TryAgainLater(
          ReasonCode.STORE_FULL,
          "expected " + config.minFreeBytes() + " free bytes or more, found " + usable);
    }
  }

  private static void requireAnnounced(IncomingInstance announced, InstanceHeader found) {
    if (!announced.instance().equals(found.instance())) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected SOP Instance UID "
              + announced.instance()
              + " as announced, found "
              + found.instance());
    }
    if (!announced.sopClass().equals(found.sopClass())) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected SOP Class UID "
              + announced.sopClass()
              + " as announced, found "
              + found.sopClass());
    }
  }

  private static void log(InstanceHeader header, Outcome outcome, ObjectReference content) {
    if (outcome == Outcome.NEWER_CONTENT) {
      LOG.warn(
          "instance {} of series {} came again with other content {}; the newer one counts",
          header.instance(),
          header.reference().series(),
          content.digest());
    } else {
      LOG.debug(
          "instance {} of series {} stored: {}",
          header.instance(),
          header.reference().series(),
          outcome);
    }
  }
}

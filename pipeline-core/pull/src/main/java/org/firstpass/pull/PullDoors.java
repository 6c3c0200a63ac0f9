package org.firstpass.pull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.arrival.Gateway;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;

/**
 * The gateway, as fetching needs it: the doors that instances come in by, and what came. Safe for
 * use by many threads.
 */
final class PullDoors {
  private final Gateway gateway;
  private final SeriesLedger ledger;
  private final Map<String, ProjectName> titles;

  /**
   * @param titles the gateway's AE titles, and what each is for
   */
  PullDoors(Gateway gateway, SeriesLedger ledger, Map<String, ProjectName> titles) {
    this.gateway = gateway;
    this.ledger = ledger;
    this.titles = Map.copyOf(titles);
  }

  InstanceReceiver door(ProjectName project) {
    return gateway.receiver(project);
  }

  /** The AE title that an archive has to send to, so that it comes for the project. */
  String title(ProjectName project) {
    return titleOf(project, titles)
        .orElseThrow(
            () -> new IllegalStateException("no AE title of the gateway is for " + project));
  }

  static Optional<String> titleOf(ProjectName project, Map<String, ProjectName> titles) {
    return titles.entrySet().stream()
        .filter(each -> each.getValue().equals(project))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  /** What a series is kept for that was here before; what comes later does not change it. */
  Optional<ProjectName> projectOf(SeriesInstanceUid series) {
    return ledger.find(series).map(SeriesHistory::project);
  }

  Set<SopInstanceUid> held(SeriesInstanceUid series) {
    return ledger.instances(series);
  }

  /** The content of one of its instances; empty if nothing of it is here. */
  Optional<Sha256> latestContent(SeriesInstanceUid series) {
    return ledger.latestContent(series);
  }

  Optional<ReasonCode> refusalOf(SopInstanceUid instance) {
    return gateway.refusalOf(instance);
  }
}

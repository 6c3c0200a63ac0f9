package org.firstpass.worker;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesImage;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelPackage;
import org.firstpass.proposal.Proposal;
import org.firstpass.routing.Route;
import org.firstpass.routing.Routing;
import org.firstpass.routing.RoutingSubject;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesRevision;
import org.firstpass.worker.WorkerMetrics.Stage;

/** What is done with one arrival, from its stored instances to its stored proposal. */
final class SeriesWork {
  private final ObjectStore store;
  private final Routing routing;
  private final SeriesSegmenter segmenter;
  private final WorkerMetrics metrics;
  private final Clock clock;

  SeriesWork(
      ObjectStore store,
      Routing routing,
      SeriesSegmenter segmenter,
      WorkerMetrics metrics,
      Clock clock) {
    this.store = store;
    this.routing = routing;
    this.segmenter = segmenter;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Segments the series of an arrival and stores the outcome.
   *
   * @throws StudyRefused if it cannot be segmented
   */
  ProposalMade propose(SeriesArrived event) {
    SeriesRevision revision =
        SeriesRevisionCodec.decode(store.read(event.input().manifest().digest()));
    SeriesSurvey survey = metrics.stage(Stage.SURVEY, () -> SeriesSurvey.of(sources(revision)));
    ModelPackage model = packageFor(survey);
    SeriesImage image = metrics.stage(Stage.READ, survey::read);
    Proposal proposal = segmenter.segment(image.volume(), model, event.input().revisionHash());
    if (proposal.isEmpty()) {
      throw new StudyRefused(
          ReasonCode.NOTHING_FOUND, model.label() + " found nothing of what it looks for");
    }
    // The event's time, not the clock's, so that whoever writes it writes the same bytes.
    byte[] segmentation =
        metrics.stage(
            Stage.WRITE,
            () -> ProposalObjects.segmentation(proposal, image.source(), event.time()));
    ProposalObjects objects =
        metrics.stage(Stage.STORE, () -> ProposalObjects.store(proposal, segmentation, store));
    return new ProposalMade(
        proposal.identity().id(),
        clock.instant(),
        event.input(),
        proposal.model(),
        proposal.schema(),
        objects.segmentation(),
        objects.labels(),
        proposal.scores(),
        proposal.inference().toMillis());
  }

  /** What speaks against the series itself is told before what speaks against every package. */
  private ModelPackage packageFor(SeriesSurvey survey) {
    Route route = routing.route(new RoutingSubject(survey.description(), null, clock.instant()));
    Optional<StudyRefused> unreadable = survey.refusal();
    boolean localizer =
        route instanceof Route.Refused refused && refused.code() == ReasonCode.LOCALIZER;
    if (unreadable.isPresent() && !localizer) {
      throw unreadable.get();
    }
    if (route instanceof Route.Served served) {
      return served.packages().get(0);
    }
    Route.Refused refused = (Route.Refused) route;
    throw new StudyRefused(refused.code(), refused.reason());
  }

  private List<InstanceSource> sources(SeriesRevision revision) {
    return revision.instances().stream()
        .map(instance -> (InstanceSource) () -> store.open(instance.content()))
        .toList();
  }
}

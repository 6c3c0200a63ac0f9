package org.firstpass.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.FirstFindings;
import org.firstpass.routing.PackageRule;
import org.firstpass.routing.Route;
import org.firstpass.routing.Routing;
import org.firstpass.routing.RoutingSubject;
import org.firstpass.store.ObjectStore;
import org.firstpass.worker.WorkerMetrics.Outcome;

/**
 * One arrival, from its route to its proposals.
 *
 * <p>The series goes to every package of its route, in order, and each makes a proposal of its own.
 * One that refuses or fails does not keep the others from theirs: if any was made the series is
 * proposed, and what became of the others is told as well.
 *
 * <p>A series can also be a later channel of another one that arrived before it. Then the proposal
 * is made for that one, with all channels, and this one ends as USED_AS_CHANNEL if nothing else
 * comes of it. Arrivals of one study are told one after the other, each with the siblings that are
 * complete, so exactly one of them meets all channels: whatever the order, and however many workers
 * there are, there is one proposal. One thread at a time.
 */
final class ArrivalRun {
  private final SeriesArrived event;
  private final Tools tools;
  private final PackageUse packages;
  private final Telling telling;
  private final Routing routing;
  private final StudySeries study;
  private final SeriesRun run;

  ArrivalRun(SeriesArrived event, Tools tools, PackageUse packages, Telling telling) {
    this.event = event;
    this.tools = tools;
    this.packages = packages;
    this.telling = telling;
    this.routing =
        new Routing(
            packages.served().servedTo(event.input().reference().study()),
            packages.served().available(),
            tools.routing().rules(),
            tools.routing().zone());
    this.study = new StudySeries(event, tools.store(), tools.metrics());
    this.run = new SeriesRun(packages, tools.run());
  }

  /** What every arrival is worked on with. */
  record Tools(
      ObjectStore store,
      NetworkRun run,
      ProposalMaking making,
      ShadowRuns shadows,
      WorkerConfig.RoutingConfig routing,
      WorkerMetrics metrics) {}

  /**
   * Makes and tells all proposals.
   *
   * @throws StudyRefused if its headers tell nothing
   * @throws Defect if a package or this process failed and no proposal was made instead
   */
  ArrivalEnd toEnd() {
    SurveyedSeries arrived = study.arrived();
    SeriesWay own = way(arrived);
    List<PackageEnd> ends = propose(arrived, own, channels -> true);
    List<ModelPackage> several = arrived.isReadable() ? takingItAsChannel(arrived) : List.of();
    List<PackageEnd> ofOthers = several.isEmpty() ? List.of() : proposeForOthers(arrived);
    ofOthers.forEach(end -> end.tell(telling));
    if (ends.stream().anyMatch(PackageEnd::isMade)) {
      ends.forEach(end -> end.tell(telling));
      return new ArrivalEnd.Proposed(
          ends.stream().flatMap(end -> end.proposal().stream()).toList());
    }
    requireNoDefect(ends);
    requireNoDefect(ofOthers);
    requireNoneInQuarantine(arrived, own);
    StudyRefused refusal =
        ends.stream()
            .flatMap(end -> end.refusal().stream())
            .findFirst()
            .or(own::refusal)
            .orElseThrow();
    return new ArrivalEnd.Refused(
        new ChannelUse(arrived, several, ofOthers).instead(refusal), own.story());
  }

  /** Nobody shall look for a fault in a series that only lacks a package which failed here. */
  private void requireNoneInQuarantine(SurveyedSeries series, SeriesWay way) {
    boolean none =
        way.refusal().filter(refusal -> refusal.code() == ReasonCode.NO_PACKAGE).isPresent();
    for (ModelPackage model : none ? packages.quarantined() : List.<ModelPackage>of()) {
      if (new PackageRule(model.manifest().accepts()).judge(series.description()).accepted()) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            model.label() + " accepts the series, but is in quarantine on this worker");
      }
    }
  }

  /** What speaks against the series itself is told before what speaks against every package. */
  private SeriesWay way(SurveyedSeries series) {
    Route route =
        routing.route(
            new RoutingSubject(
                series.description(), event.callingAeTitle(), event.sentFor(), event.time()));
    // Whether colour is refused depends on the packages, and the route says it.
    Optional<StudyRefused> unreadable =
        series.survey().refusal().filter(each -> each.code() != ReasonCode.COLOUR_IMAGE);
    boolean localizer =
        route instanceof Route.Refused refused && refused.code() == ReasonCode.LOCALIZER;
    if (unreadable.isPresent() && !localizer) {
      route =
          new Route.Refused(
              unreadable.get().code(),
              String.valueOf(unreadable.get().getMessage()),
              route.explanation());
    }
    List<ImageFinding> asked = new ArrayList<>();
    while (route instanceof Route.AskFirst ask) {
      FirstFindings found = run.ask(ask.first(), channels(ask.first(), series));
      asked.addAll(found.findings());
      route = ask.then().apply(found);
    }
    ObjectReference story = RouteStory.store(series.uid(), route, tools.store());
    return new SeriesWay(route, asked, story);
  }

  /**
   * Every package of a way over its series.
   *
   * @param wanted of which channels
   */
  private List<PackageEnd> propose(
      SurveyedSeries series, SeriesWay way, Predicate<List<SurveyedSeries>> wanted) {
    List<PackageEnd> ends = new ArrayList<>();
    for (ModelPackage model : way.packages()) {
      proposeOne(series, model, way, wanted).ifPresent(ends::add);
    }
    return ends;
  }

  private Optional<PackageEnd> proposeOne(
      SurveyedSeries series,
      ModelPackage model,
      SeriesWay way,
      Predicate<List<SurveyedSeries>> wanted) {
    Outcome outcome = Outcome.LATER;
    try {
      List<SurveyedSeries> channels = channels(model, series);
      if (!wanted.test(channels)) {
        return Optional.empty();
      }
      var task = new ProposalMaking.Task(model, channels, way.taken(), way.asked(), event.time());
      ProposalMaking.Made made = tools.making().make(task, run, telling);
      outcome = Outcome.PROPOSED;
      tools.shadows().run(made, packages, run, shadow -> channels(shadow, series), telling);
      return Optional.of(new PackageEnd.Made(series.input(), made.event().id()));
    } catch (StudyRefused e) {
      outcome = Outcome.REFUSED;
      return Optional.of(new PackageEnd.Refused(series.input(), e, way.story()));
    } catch (TryAgainLater e) {
      throw e;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      outcome = Outcome.FAILED;
      Defect defect = PackageFault.of(e);
      if (Thread.currentThread().isInterrupted()) {
        throw defect;
      }
      return Optional.of(new PackageEnd.Failed(series.input(), defect));
    } finally {
      tools.metrics().proposal(outcome);
    }
  }

  private List<SurveyedSeries> channels(ModelPackage model, SurveyedSeries first) {
    return ChannelSearch.find(model, first, study.others(first, ChannelSearch.modalities(model)));
  }

  /** The packages that could use a series as a later channel. */
  private List<ModelPackage> takingItAsChannel(SurveyedSeries series) {
    return packages.served().servedTo(event.input().reference().study()).stream()
        .filter(model -> ChannelSearch.channelOf(series, model).isPresent())
        .toList();
  }

  /** The proposals of siblings that waited for this series. */
  private List<PackageEnd> proposeForOthers(SurveyedSeries channel) {
    List<PackageEnd> ends = new ArrayList<>();
    for (SurveyedSeries first : study.siblings()) {
      SeriesWay way = way(first);
      List<PackageEnd> ofFirst =
          propose(
              first, way, channels -> channels.stream().skip(1).anyMatch(each -> each == channel));
      // Without all of its channels it waits on, as was told when it arrived.
      ofFirst.stream()
          .filter(
              end ->
                  end.refusal()
                      .filter(refusal -> refusal.code() == ReasonCode.CHANNEL_MISSING)
                      .isEmpty())
          .forEach(ends::add);
    }
    return ends;
  }

  private static void requireNoDefect(List<PackageEnd> ends) {
    ends.stream()
        .flatMap(end -> end.defect().stream())
        .findFirst()
        .ifPresent(
            defect -> {
              throw defect;
            });
  }
}

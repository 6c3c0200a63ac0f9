package org.firstpass.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SiblingSeries;
import org.firstpass.failure.StudyRefused;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series that arrived and its siblings, as they stood when its arrival was told. Headers are
 * read when they are asked for, once. One thread at a time.
 */
final class StudySeries {
  private static final Logger LOG = LoggerFactory.getLogger(StudySeries.class);

  private final SeriesArrived event;
  private final ObjectStore store;
  private final WorkerMetrics metrics;
  private final SurveyedSeries arrived;
  private final Map<SeriesInstanceUid, Optional<SurveyedSeries>> siblings = new HashMap<>();

  /**
   * @throws StudyRefused MALFORMED_INSTANCE if the series that arrived has headers that tell
   *     nothing
   */
  StudySeries(SeriesArrived event, ObjectStore store, WorkerMetrics metrics) {
    this.event = event;
    this.store = store;
    this.metrics = metrics;
    this.arrived = survey(event.input());
  }

  SurveyedSeries arrived() {
    return arrived;
  }

  /** The siblings whose headers can be read, in the order of the event. */
  List<SurveyedSeries> siblings() {
    return siblings(event.siblings().stream().map(SiblingSeries::modality).toList());
  }

  /**
   * The siblings of these modalities whose headers can be read, in the order of the event.
   *
   * @param modalities Modality (0008,0060)
   */
  List<SurveyedSeries> siblings(Collection<String> modalities) {
    List<SurveyedSeries> found = new ArrayList<>();
    for (SiblingSeries sibling : event.siblings()) {
      if (modalities.contains(sibling.modality())) {
        siblings
            .computeIfAbsent(sibling.input().reference().series(), uid -> surveyed(sibling.input()))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** The series that arrived and its siblings of these modalities, but for one of them. */
  List<SurveyedSeries> others(SurveyedSeries than, Collection<String> modalities) {
    if (modalities.isEmpty()) {
      return List.of();
    }
    List<SurveyedSeries> all = new ArrayList<>(siblings(modalities));
    all.add(arrived);
    all.removeIf(each -> each.uid().equals(than.uid()));
    return all;
  }

  private Optional<SurveyedSeries> surveyed(SeriesInput sibling) {
    try {
      return Optional.of(survey(sibling));
    } catch (StudyRefused e) {
      LOG.info(
          "event {} sibling series {} is of no use: reason {}",
          event.id(),
          sibling.reference().series(),
          e.code().code());
      return Optional.empty();
    }
  }

  private SurveyedSeries survey(SeriesInput input) {
    return SurveyedSeries.of(input, store, metrics);
  }
}

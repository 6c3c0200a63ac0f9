package org.firstpass.stream;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventType;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.event.ReviewTaskChanged;
import org.firstpass.event.SeriesArrived;

/** Every topic of Firstpass. */
public final class Topics {
  public static final Topic<SeriesArrived> ARRIVALS =
      new Topic<>("firstpass.arrivals", SeriesArrived.class, Set.of(EventType.SERIES_ARRIVED));

  /** What becomes of a series, by one key, so that its facts keep their order. */
  public static final Topic<FirstpassEvent> PROPOSALS =
      new Topic<>(
          "firstpass.proposals",
          FirstpassEvent.class,
          Set.of(
              EventType.PROPOSAL_STARTED,
              EventType.PROPOSAL_MADE,
              EventType.PROPOSAL_REFUSED,
              EventType.PROPOSAL_FAILED,
              EventType.SHADOW_PROPOSAL_MADE,
              EventType.FOREIGN_SERIES_FILED));

  /** What readers want packages to look at again; workers take it through a share group. */
  public static final Topic<RerunRequested> RERUNS =
      new Topic<>("firstpass.reruns", RerunRequested.class, Set.of(EventType.RERUN_REQUESTED));

  public static final Topic<RerunAnswered> RERUN_ANSWERS =
      new Topic<>("firstpass.rerun-answers", RerunAnswered.class, Set.of(EventType.RERUN_ANSWERED));

  public static final Topic<ReviewTaskChanged> REVIEWS =
      new Topic<>(
          "firstpass.reviews", ReviewTaskChanged.class, Set.of(EventType.REVIEW_TASK_CHANGED));

  public static final Topic<CorrectionAccepted> CORRECTIONS =
      new Topic<>(
          "firstpass.corrections", CorrectionAccepted.class, Set.of(EventType.CORRECTION_ACCEPTED));

  /** What each version of a package may do; compacted by version. */
  public static final Topic<ModelStateChanged> MODELS =
      new Topic<>(
          "firstpass.models", ModelStateChanged.class, Set.of(EventType.MODEL_STATE_CHANGED));

  /** Who did what. No event has been defined for it yet. */
  public static final Topic<FirstpassEvent> AUDIT =
      new Topic<>("firstpass.audit", FirstpassEvent.class, Set.of());

  /** How far each outbox relay has come; compacted; no events. */
  static final String RELAY = "firstpass.relay";

  private Topics() {}

  /** Every topic that carries events, dead letters left out. */
  public static List<Topic<?>> all() {
    return Stream.concat(kept().stream(), Stream.of(MODELS)).toList();
  }

  /** The topics that keep every record. */
  static List<Topic<?>> kept() {
    return List.of(ARRIVALS, PROPOSALS, RERUNS, RERUN_ANSWERS, REVIEWS, CORRECTIONS, AUDIT);
  }

  /**
   * Where records of a topic go that nobody could handle. Share groups deliver dead letters only to
   * names that start with {@code dlq.}.
   */
  public static <E extends FirstpassEvent> Topic<E> deadLetters(Topic<E> topic) {
    return new Topic<>(deadLetters(topic.name()), topic.family(), topic.types());
  }

  static String deadLetters(String topic) {
    return "dlq." + topic;
  }
}

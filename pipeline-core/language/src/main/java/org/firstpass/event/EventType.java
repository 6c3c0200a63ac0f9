package org.firstpass.event;

/** The kinds of events, with their CloudEvents {@code type} and the schema version of the data. */
public enum EventType {
  SERIES_ARRIVED("org.firstpass.series-arrived.v1", SeriesArrived.class),
  PROPOSAL_STARTED("org.firstpass.proposal-started.v1", ProposalStarted.class),
  PROPOSAL_MADE("org.firstpass.proposal-made.v1", ProposalMade.class),
  PROPOSAL_REFUSED("org.firstpass.proposal-refused.v1", ProposalRefused.class),
  PROPOSAL_FAILED("org.firstpass.proposal-failed.v1", ProposalFailed.class),
  SHADOW_PROPOSAL_MADE("org.firstpass.shadow-proposal-made.v1", ShadowProposalMade.class),
  FOREIGN_SERIES_FILED("org.firstpass.foreign-series-filed.v1", ForeignSeriesFiled.class),
  RERUN_REQUESTED("org.firstpass.rerun-requested.v1", RerunRequested.class),
  RERUN_ANSWERED("org.firstpass.rerun-answered.v1", RerunAnswered.class),
  MODEL_STATE_CHANGED("org.firstpass.model-state-changed.v1", ModelStateChanged.class),
  REVIEW_TASK_CHANGED("org.firstpass.review-task-changed.v1", ReviewTaskChanged.class),
  CORRECTION_ACCEPTED("org.firstpass.correction-accepted.v1", CorrectionAccepted.class);

  private final String wireName;
  private final Class<? extends FirstpassEvent> payload;

  EventType(String wireName, Class<? extends FirstpassEvent> payload) {
    this.wireName = wireName;
    this.payload = payload;
  }

  public String wireName() {
    return wireName;
  }

  public Class<? extends FirstpassEvent> payload() {
    return payload;
  }
}

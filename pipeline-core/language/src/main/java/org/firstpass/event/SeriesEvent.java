package org.firstpass.event;

import org.firstpass.study.SeriesInstanceUid;

/** A fact about one series, whose UID is the record key. */
public sealed interface SeriesEvent extends FirstpassEvent
    permits SeriesArrived,
        ProposalStarted,
        ProposalMade,
        ProposalRefused,
        ProposalFailed,
        ShadowProposalMade,
        ForeignSeriesFiled,
        RerunRequested,
        RerunAnswered,
        ReviewTaskChanged,
        CorrectionAccepted {

  SeriesInput input();

  default SeriesInstanceUid series() {
    return input().reference().series();
  }

  @Override
  default String key() {
    return series().value();
  }
}

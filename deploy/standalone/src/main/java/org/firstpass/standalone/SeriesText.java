package org.firstpass.standalone;

import java.util.Locale;
import org.firstpass.arrival.SeriesState;
import org.firstpass.failure.ReasonCode;

/** A series' state in words. */
final class SeriesText {
  private SeriesText() {}

  static String of(SeriesState state) {
    String kind = state.kind().name().toLowerCase(Locale.ROOT);
    if (state instanceof SeriesState.Refused refused) {
      return kind + " " + of(refused.reason());
    }
    if (state instanceof SeriesState.Kept kept) {
      return kind + " " + of(kept.reason());
    }
    return state instanceof SeriesState.Failed failed ? kind + " " + of(failed.reason()) : kind;
  }

  static String of(ReasonCode reason) {
    return reason.code() + " " + reason.name();
  }
}

package org.firstpass.worker;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelPackage;

/**
 * What a series was good for as a channel of others.
 *
 * @param packages that take such a series as a later channel
 * @param ends of the proposals that it was a channel of
 */
record ChannelUse(SurveyedSeries series, List<ModelPackage> packages, List<PackageEnd> ends) {

  /**
   * How a series ends of which nothing comes on its own.
   *
   * @param refusal why nothing does
   */
  StudyRefused instead(StudyRefused refusal) {
    if (!ends.isEmpty()) {
      Set<String> firsts = new TreeSet<>();
      ends.forEach(end -> firsts.add(end.input().reference().series().value()));
      return new StudyRefused(
          ReasonCode.USED_AS_CHANNEL, "it is a channel of series " + String.join(", ", firsts));
    }
    // Other refusals say more than that it waits.
    if (packages.isEmpty() || refusal.code() != ReasonCode.NO_PACKAGE) {
      return refusal;
    }
    ModelPackage model = packages.get(0);
    return new StudyRefused(
        ReasonCode.USED_AS_CHANNEL,
        "it is channel "
            + ChannelSearch.channelOf(series, model).orElse("")
            + " of "
            + model.label()
            + ", whose first series is not there yet");
  }
}

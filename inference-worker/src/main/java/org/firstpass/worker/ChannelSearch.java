package org.firstpass.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.Applicability;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.PackageRule;
import org.firstpass.study.FrameOfReferenceUid;
import org.jspecify.annotations.Nullable;

/**
 * Which series of a study are the channels of a network.
 *
 * <p>A channel is taken from a series that its rule accepts, in the frame of reference of the
 * first, and not from one that already is a channel. Of several the one with the grid of the first
 * comes first, then the one with most slices, then by UID, so that every worker chooses alike.
 */
final class ChannelSearch {
  private ChannelSearch() {}

  /** The modalities that the later channels of a package are taken from; empty if it has none. */
  static Set<String> modalities(ModelPackage model) {
    Set<String> modalities = new TreeSet<>();
    for (ChannelSpec channel : model.manifest().input().channels()) {
      Applicability rule = channel.series();
      if (rule != null) {
        modalities.addAll(rule.modalities());
      }
    }
    return modalities;
  }

  /** The name of the later channel of a package that a series could be. */
  static Optional<String> channelOf(SurveyedSeries series, ModelPackage model) {
    return model.manifest().input().channels().stream()
        .filter(channel -> accepts(channel, series))
        .map(ChannelSpec::name)
        .findFirst();
  }

  /**
   * The series of every channel, the first being the one that is segmented.
   *
   * @param others of the study
   * @throws StudyRefused CHANNEL_MISSING with what was looked for
   */
  static List<SurveyedSeries> find(
      ModelPackage model, SurveyedSeries first, Collection<SurveyedSeries> others) {
    List<SurveyedSeries> channels = new ArrayList<>();
    for (ChannelSpec channel : model.manifest().input().channels()) {
      boolean itself = channel.series() == null;
      channels.add(itself ? first : best(model, channel, first, others, channels));
    }
    return channels;
  }

  private static SurveyedSeries best(
      ModelPackage model,
      ChannelSpec channel,
      SurveyedSeries first,
      Collection<SurveyedSeries> others,
      List<SurveyedSeries> taken) {
    GridGeometry grid = first.geometry().orElse(null);
    List<SurveyedSeries> accepted =
        others.stream()
            .filter(each -> accepts(channel, each))
            .filter(each -> taken.stream().noneMatch(one -> one.uid().equals(each.uid())))
            .toList();
    return accepted.stream()
        .filter(each -> grid != null && sharesFrame(each, grid.frameOfReference()))
        .min(
            Comparator.comparing((SurveyedSeries each) -> !hasGrid(each, grid))
                .thenComparing(each -> -each.description().frames())
                .thenComparing(each -> each.uid().value()))
        .orElseThrow(() -> missing(model, channel, first, others.size(), accepted));
  }

  private static boolean accepts(ChannelSpec channel, SurveyedSeries series) {
    Applicability rule = channel.series();
    return rule != null
        && series.isReadable()
        && new PackageRule(rule).judge(series.description()).accepted();
  }

  private static boolean sharesFrame(SurveyedSeries series, FrameOfReferenceUid frame) {
    return series.geometry().filter(grid -> grid.frameOfReference().equals(frame)).isPresent();
  }

  private static boolean hasGrid(SurveyedSeries series, @Nullable GridGeometry grid) {
    return series.geometry().filter(each -> each.equals(grid)).isPresent();
  }

  /** Told in an event: rules and UIDs, and nothing that headers say in words. */
  private static StudyRefused missing(
      ModelPackage model,
      ChannelSpec channel,
      SurveyedSeries first,
      int looked,
      List<SurveyedSeries> accepted) {
    GridGeometry grid = first.geometry().orElse(null);
    String elsewhere =
        accepted.isEmpty()
            ? ""
            : ", "
                + accepted.size()
                + " that would do lie in another frame of reference: "
                + accepted.stream().map(each -> each.uid().value()).sorted().toList();
    return new StudyRefused(
        ReasonCode.CHANNEL_MISSING,
        model.label()
            + " needs channel "
            + channel.name()
            + ": "
            + wanted(channel.series())
            + (grid == null ? "" : " in frame of reference " + grid.frameOfReference())
            + "; of "
            + looked
            + " other series of the study that could be none is"
            + elsewhere);
  }

  private static String wanted(@Nullable Applicability rule) {
    if (rule == null) {
      return "the series itself";
    }
    var text = new StringBuilder("modality " + rule.modalities());
    append(text, "body part", rule.bodyPart());
    append(text, "series description", rule.seriesDescription());
    append(text, "not series description", rule.notSeriesDescription());
    append(text, "sequence", rule.sequence());
    append(text, "contrast", rule.contrast());
    append(text, "planes", rule.planes().isEmpty() ? null : rule.planes());
    append(text, "slice spacing in mm", rule.sliceSpacingMm());
    return text + ", at least " + rule.minimumSlices() + " slices";
  }

  private static void append(StringBuilder text, String what, @Nullable Object value) {
    if (value != null) {
      text.append(", ").append(what).append(' ').append(value);
    }
  }
}

package org.firstpass.model.importing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.firstpass.model.Applicability;
import org.jspecify.annotations.Nullable;

/**
 * Which series of a study are the channels of a network, by what models call them. A guess is one
 * that a person has to check.
 */
public final class ChannelSeries {
  private final Map<Integer, String> given;
  private final ImportNotes notes;

  /**
   * @param given expressions for Series Description by channel index, as a person says them
   */
  public ChannelSeries(Map<Integer, String> given, ImportNotes notes) {
    this.given = Map.copyOf(given);
    this.notes = notes;
  }

  /** What the series of the first channel must be, if there are others beside it. */
  public Applicability first(Applicability accepts, String name) {
    return withDescription(accepts, 0, name);
  }

  /** What the series of another channel must be. */
  public Applicability other(Applicability accepts, int channel, String name) {
    List<String> modalities = DraftFacts.modality(name).map(List::of).orElse(accepts.modalities());
    var same = new Applicability(modalities, null, null, null, null, accepts.minimumSlices());
    return withDescription(same, channel, name);
  }

  private Applicability withDescription(Applicability accepts, int channel, String name) {
    Optional<String> said = Optional.ofNullable(given.get(channel));
    String expression = said.orElseGet(() -> guess(name));
    String exception = said.isPresent() ? null : exception(name);
    if (said.isEmpty()) {
      notes.check(
          "channel "
              + channel
              + " '"
              + name
              + "' is taken from the series whose description has '"
              + expression
              + "'"
              + (exception == null ? "" : " and not '" + exception + "'")
              + ": a guess; say --channel-series "
              + channel
              + "=<expression>");
    }
    return new Applicability(
        accepts.modalities(),
        accepts.bodyPart(),
        accepts.bodyPartMayBeMissing(),
        expression,
        exception,
        accepts.minimumSlices());
  }

  private static String guess(String name) {
    String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
    if (word.contains("flair")) {
      return "flair";
    }
    if (word.matches("t1(ce|gd|c|post|contrast|km).*")) {
      return "t1.*(ce|gd|c\\+|\\+c|post|km)";
    }
    if (word.matches("(t1|t2|adc|dwi|pd|swi).*")) {
      return word.startsWith("t") ? word.substring(0, 2) : word.replaceAll("[^a-z].*", "");
    }
    return DraftFacts.modality(name).isPresent() && !word.startsWith("mr") ? "." : word;
  }

  private static @Nullable String exception(String name) {
    String expression = guess(name);
    return switch (expression) {
      case "t1" -> "(ce|gd|c\\+|\\+c|post|km)|flair";
      case "t2" -> "flair";
      default -> null;
    };
  }
}

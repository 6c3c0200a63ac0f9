package org.firstpass.review;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentScore;
import org.firstpass.review.PriorityScore.Part;
import org.firstpass.segment.Segment;

/**
 * Reads what the model is least sure of first, without letting anything wait for ever.
 *
 * <p>Parts: uncertainty of the worst segment, days of waiting, how small the case is, segments that
 * were not found, and a lot drawn from the proposal's identity, so that easy cases are read too and
 * what is learned is not only the hard ones. What a routing rule asks for is added as it is.
 *
 * <p>A package that carries a calibration says of each segment how likely it is fine. Then 1 - the
 * lowest of these takes the place of the entropy, with the same weight: a probability that was
 * compared with what readers did is worth more than the network's own doubt.
 *
 * <p>Where a strategy asks for something else, an {@link Interest} takes that place, with the same
 * weight, so that cases of different strategies lie in one order.
 */
public final class UncertaintyFirst implements SelectionStrategy {
  private static final double UNCERTAINTY_WEIGHT = 10;
  private static final double WAITING_WEIGHT_PER_DAY = 1;
  private static final double SIZE_WEIGHT = 1;
  private static final double NOT_FOUND_WEIGHT = 2;
  private static final double LOT_WEIGHT = 2;
  private static final double ROUTE_WEIGHT = 1;

  /** A case of this volume is worth half the points of a tiny one. */
  private static final double HALF_VOLUME_ML = 500;

  private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  @Override
  public String name() {
    return "uncertainty-first";
  }

  @Override
  public PriorityScore score(
      ProposalMade proposal, Optional<Interest> interest, Instant arrived, Instant now) {
    var parts = new ArrayList<Part>(timeless(proposal, interest));
    double days = Math.max(0, Duration.between(arrived, now).toMillis() / MILLIS_PER_DAY);
    parts.add(1, new Part("waiting", WAITING_WEIGHT_PER_DAY, days, waited(days)));
    return new PriorityScore(interest.map(one -> one.kind().strategy()).orElse(name()), parts);
  }

  @Override
  public double orderKey(ProposalMade proposal, Optional<Interest> interest, Instant arrived) {
    double points = timeless(proposal, interest).stream().mapToDouble(Part::points).sum();
    return points - WAITING_WEIGHT_PER_DAY * (arrived.toEpochMilli() / MILLIS_PER_DAY);
  }

  private static List<Part> timeless(ProposalMade proposal, Optional<Interest> interest) {
    var parts = new ArrayList<Part>();
    parts.add(
        interest
            .map(UncertaintyFirst::interest)
            .or(() -> quality(proposal))
            .orElseGet(() -> uncertainty(proposal)));
    parts.add(size(proposal));
    parts.add(notFound(proposal));
    parts.add(lot(proposal.id()));
    route(proposal).ifPresent(parts::add);
    return parts;
  }

  private static Part interest(Interest interest) {
    return new Part(
        interest.kind().part(), UNCERTAINTY_WEIGHT, interest.value(), interest.sentence());
  }

  private static Optional<Part> quality(ProposalMade proposal) {
    SegmentScore worst = null;
    double lowest = 1;
    for (SegmentScore score : proposal.scores()) {
      Double quality = score.quality();
      if (quality != null && (worst == null || quality < lowest)) {
        worst = score;
        lowest = quality;
      }
    }
    if (worst == null) {
      return Optional.empty();
    }
    String sentence =
        String.format(
            Locale.ROOT, "%s is %.0f %% likely fine.", label(proposal, worst), 100 * lowest);
    return Optional.of(new Part("quality", UNCERTAINTY_WEIGHT, 1 - lowest, sentence));
  }

  private static Optional<Part> route(ProposalMade proposal) {
    RouteTaken route = proposal.notes().route();
    if (route == null || route.priority() == 0) {
      return Optional.empty();
    }
    String rule = route.rule() == null ? "The routing" : "Rule '" + route.rule() + "'";
    String sentence = String.format(Locale.ROOT, "%s gives %+d.", rule, route.priority());
    return Optional.of(new Part("route", ROUTE_WEIGHT, route.priority(), sentence));
  }

  private static Part uncertainty(ProposalMade proposal) {
    Optional<SegmentScore> worst =
        proposal.scores().stream()
            .filter(score -> score.voxels() > 0)
            .max(Comparator.comparingDouble(SegmentScore::uncertainty));
    double value = worst.map(SegmentScore::uncertainty).orElse(0.0);
    String sentence =
        worst
            .map(score -> "The model is least sure of " + label(proposal, score) + ".")
            .orElse("The model marked nothing.");
    return new Part("uncertainty", UNCERTAINTY_WEIGHT, value, sentence);
  }

  private static Part size(ProposalMade proposal) {
    double millilitres = proposal.scores().stream().mapToDouble(SegmentScore::volumeMl).sum();
    return new Part(
        "size",
        SIZE_WEIGHT,
        HALF_VOLUME_ML / (HALF_VOLUME_ML + millilitres),
        String.format(Locale.ROOT, "%.0f ml are marked; small cases are quick.", millilitres));
  }

  private static Part notFound(ProposalMade proposal) {
    List<SegmentScore> missing =
        proposal.scores().stream().filter(score -> score.voxels() == 0).toList();
    double share =
        proposal.scores().isEmpty() ? 0 : (double) missing.size() / proposal.scores().size();
    String sentence =
        missing.isEmpty()
            ? "Every segment was found."
            : "Not found: "
                + String.join(", ", missing.stream().map(s -> label(proposal, s)).toList())
                + ".";
    return new Part("not-found", NOT_FOUND_WEIGHT, share, sentence);
  }

  private static Part lot(UUID proposal) {
    // A UUID of version 5 is a hash: its last 32 bits are as good as drawn, and always the same.
    double value = (proposal.getLeastSignificantBits() & 0xffff_ffffL) / (double) (1L << 32);
    return new Part("lot", LOT_WEIGHT, value, "Drawn by lot, so that easy cases are read too.");
  }

  private static String waited(double days) {
    double hours = days * 24;
    return hours < 48
        ? String.format(Locale.ROOT, "Waiting for %.1f hours.", hours)
        : String.format(Locale.ROOT, "Waiting for %.1f days.", days);
  }

  private static String label(ProposalMade proposal, SegmentScore score) {
    return proposal
        .schema()
        .segment(score.segmentNumber())
        .map(Segment::label)
        .orElse("segment " + score.segmentNumber());
  }
}

package org.firstpass.evaluation.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseSource;
import org.firstpass.evaluation.simulation.LearningCurves.Curve;
import org.firstpass.evaluation.simulation.LearningCurves.Interval;
import org.firstpass.evaluation.simulation.LearningCurves.Point;

/**
 * Chooses cases of the training side one after the other by each rule, trains the learner on them,
 * and measures it on the test side. Under every rule the first case and, with the random share, the
 * later ones are by lot, as in the queue. The same cases and settings give the same curves.
 */
public final class Simulation {
  private static final int DRAWS = 1000;

  private final List<VoxelSample> pool;
  private final List<VoxelSample> heldOut;
  private final Settings settings;

  /**
   * How it is run.
   *
   * @param rules beside random order
   * @param budget how many cases are chosen at the most
   * @param seeds how often everything is run
   * @param randomShare of the picks that is by lot, 0 to 1
   * @param voxels that stand for a case, about
   */
  public record Settings(
      List<PickRule> rules, int budget, int seeds, double randomShare, int voxels) {
    public Settings {
      rules = List.copyOf(new TreeSet<>(rules));
      if (budget < 2 || seeds < 3 || voxels < 100) {
        throw new IllegalArgumentException(
            "a simulation has 2 cases, 3 seeds and 100 voxels at the least, but has "
                + budget
                + ", "
                + seeds
                + " and "
                + voxels);
      }
      if (!(randomShare >= 0 && randomShare <= 1)) {
        throw new IllegalArgumentException("the random share is 0 to 1, but is " + randomShare);
      }
    }
  }

  /**
   * Reads the cases.
   *
   * @throws IllegalArgumentException if there are too few, or a rule asks for what is not known
   * @throws UncheckedIOException if one cannot be read
   */
  public Simulation(List<CaseSource> cases, Settings settings) {
    this.settings = settings;
    this.pool = sampled(cases, Split.TRAINING);
    this.heldOut = sampled(cases, Split.TEST);
    if (pool.size() < settings.budget() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "to choose "
              + settings.budget()
              + " cases there must be more of the training side, and one of the test side; there"
              + " are "
              + pool.size()
              + " and "
              + heldOut.size());
    }
    if (settings.rules().contains(PickRule.NOVELTY)
        && pool.stream().map(VoxelSample::origin).distinct().count() < 2) {
      throw new IllegalArgumentException(
          "novelty needs cases of two scanners, which traits.json says; leave it out otherwise");
    }
  }

  private List<VoxelSample> sampled(List<CaseSource> cases, Split side) {
    var sampled = new ArrayList<VoxelSample>();
    for (CaseSource one : cases) {
      if (one.subject().split() == side) {
        String scanner = one.subject().traits().scanner();
        try {
          sampled.add(
              VoxelSample.of(
                  one.subject().name(),
                  scanner == null ? "" : scanner,
                  one.held().loading().load(),
                  settings.voxels()));
        } catch (IOException e) {
          throw new UncheckedIOException(one.subject().name() + " cannot be read", e);
        }
      }
    }
    return sampled;
  }

  /** Runs everything; {@code done} hears of each seed. */
  public LearningCurves run(IntConsumer done) {
    var rules = new ArrayList<PickRule>();
    rules.add(PickRule.RANDOM);
    settings.rules().stream().filter(rule -> rule != PickRule.RANDOM).forEach(rules::add);
    var found = new double[rules.size()][settings.seeds()][];
    for (int seed = 0; seed < settings.seeds(); seed++) {
      int run = seed;
      IntStream.range(0, rules.size())
          .parallel()
          .forEach(rule -> found[rule][run] = curve(rules.get(rule), run));
      done.accept(seed + 1);
    }
    return new LearningCurves(
        pool.size(),
        heldOut.size(),
        settings.randomShare(),
        settings.seeds(),
        IntStream.range(0, rules.size())
            .mapToObj(rule -> curve(rules.get(rule), found[rule], found[0]))
            .toList());
  }

  private double[] curve(PickRule rule, int seed) {
    // The first case of a seed is the same under every rule, so that curves can be paired.
    var random = new Random(31L * seed + 7);
    var waiting = new ArrayList<>(pool);
    var chosen = new ArrayList<VoxelSample>();
    chosen.add(waiting.remove(random.nextInt(waiting.size())));
    var chooser = new Chooser(rule, pool, random);
    var dice = new double[settings.budget()];
    VoxelLearner learner = VoxelLearner.trainedOn(chosen);
    dice[0] = dice(learner);
    for (int at = 1; at < settings.budget(); at++) {
      boolean byLot = random.nextDouble() < settings.randomShare();
      int next = byLot ? random.nextInt(waiting.size()) : chooser.next(waiting, chosen, learner);
      chosen.add(waiting.remove(next));
      learner = VoxelLearner.trainedOn(chosen);
      dice[at] = dice(learner);
    }
    return dice;
  }

  /** The mean over the held-out cases of the mean over their segments. */
  private double dice(VoxelLearner learner) {
    return heldOut.stream().mapToDouble(one -> dice(learner, one)).average().orElse(0);
  }

  private static double dice(VoxelLearner learner, VoxelSample one) {
    var both = new TreeMap<Integer, int[]>();
    for (int voxel = 0; voxel < one.count(); voxel++) {
      int reference = one.label(voxel);
      int said = learner.label(one.features(voxel));
      both.computeIfAbsent(reference, key -> new int[2])[0]++;
      both.computeIfAbsent(said, key -> new int[2])[0]++;
      if (reference == said) {
        both.get(reference)[1]++;
      }
    }
    both.remove(0);
    return both.values().stream().mapToDouble(each -> 2.0 * each[1] / each[0]).average().orElse(1);
  }

  private Curve curve(PickRule rule, double[][] bySeed, double[][] random) {
    var points = new ArrayList<Point>();
    for (int at = 0; at < settings.budget(); at++) {
      int place = at;
      points.add(
          new Point(at + 1, interval(Arrays.stream(bySeed).mapToDouble(d -> d[place]).toArray())));
    }
    double[] gains =
        IntStream.range(0, settings.seeds())
            .mapToDouble(seed -> mean(bySeed[seed]) - mean(random[seed]))
            .toArray();
    return new Curve(rule, points, rule == PickRule.RANDOM ? null : interval(gains));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static Interval interval(double[] values) {
    var random = new Random(values.length);
    var means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int each = 0; each < values.length; each++) {
        sum += values[random.nextInt(values.length)];
      }
      means[draw] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(mean(values), means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40]);
  }
}

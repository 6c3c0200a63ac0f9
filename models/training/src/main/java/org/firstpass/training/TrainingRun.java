package org.firstpass.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.training.run.DiceAndCrossEntropy;

/**
 * One training: a network, its optimiser and what it has learnt so far. Not safe to share between
 * threads.
 *
 * <p>The same plan on the same machine gives the same network; another processor rounds
 * differently, and the difference grows with each step.
 */
final class TrainingRun implements AutoCloseable {
  private static final float FINAL_LEARNING_RATE = 1e-5f;

  /** How many voxels a patch may begin outside the case. */
  private static final int OVERHANG = 4;

  private final TrainingPlan plan;
  private final UNet3d network;
  private final Model model;
  private final Trainer trainer;
  private final CaseSupply cases;
  private final Random draw;

  /** Starts the engine, which is refused where there are no natives for this platform. */
  TrainingRun(TrainingPlan plan) {
    this.plan = plan;
    Engine.getEngine(TrainedNetwork.ENGINE).setRandomSeed(plan.seed());
    this.network = new UNet3d(PhantomAbdomen.CLASSES);
    this.model = Model.newInstance(PhantomAbdomen.NAME, TrainedNetwork.ENGINE);
    this.model.setBlock(network);
    Tracker rate =
        Tracker.cosine()
            .setBaseValue(plan.learningRate())
            .optFinalValue(FINAL_LEARNING_RATE)
            .setMaxUpdates(plan.steps())
            .build();
    // The loss is our own and computed apart; the configuration insists on one.
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam().optLearningRateTracker(rate).build()));
    GridSize patch = plan.patch();
    trainer.initialize(new Shape(1, 1, patch.slices(), patch.rows(), patch.columns()));
    this.cases = new CaseSupply(plan);
    this.draw = new Random(plan.seed());
  }

  /** One update of the weights; answers the loss before it. */
  float step(int number) {
    Patch patch = drawn(cases.of(number));
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray image = patch.image(manager);
      NDArray truth = patch.truth(manager, PhantomAbdomen.CLASSES);
      float value;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray logits = trainer.forward(new NDList(image)).singletonOrThrow();
        NDArray loss = DiceAndCrossEntropy.of(logits, truth);
        gradients.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  private Patch drawn(PhantomCase from) {
    GridSize window = plan.patch();
    GridSize size = from.size();
    return from.patch(
            window,
            start(size.columns(), window.columns()),
            start(size.rows(), window.rows()),
            start(size.slices(), window.slices()))
        .withContrast(0.92f + 0.16f * draw.nextFloat(), -0.05f + 0.1f * draw.nextFloat());
  }

  private int start(int length, int window) {
    int low = Math.min(0, length - window) - OVERHANG;
    int high = Math.max(0, length - window) + OVERHANG;
    return low + draw.nextInt(high - low + 1);
  }

  /** The network as it is now; it changes with each further step. */
  TrainedNetwork trained() {
    return new TrainedNetwork(network, trainer.getManager().newSubManager());
  }

  @Override
  public void close() {
    cases.close();
    trainer.close();
    model.close();
  }
}

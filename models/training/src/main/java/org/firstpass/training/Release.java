package org.firstpass.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.firstpass.calibration.CalibratedPackage;
import org.firstpass.calibration.Calibration;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.calibration.QualityFigures;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.PhantomSpec;

/**
 * From a network to the package as it is given away: packed, measured, calibrated on some phantoms
 * and checked on others. Nothing lies in the folder of packages before all of it is done.
 *
 * @param packages folder of packages
 * @param heldOut phantoms to measure Dice on, and half as many hard ones
 * @param calibration phantoms to calibrate on, and half as many to check it on
 * @param acceptableDice from which a segment counts as acceptable
 * @param threads of ONNX Runtime
 */
record Release(Path packages, int heldOut, int calibration, double acceptableDice, int threads) {
  private static final int EVALUATION_MATRIX = 160;
  private static final long FIRST_HELD_OUT_SEED = 5_000;

  /** Packs a network into a folder. */
  interface Packing {
    ModelPackage into(PackageFolder folder) throws IOException;
  }

  ModelPackage of(Packing packing) throws IOException {
    var target = new PackageFolder(packages);
    target.requireFree();
    Path bench = Files.createTempDirectory("firstpass-release");
    try {
      return of(packing, new PackageFolder(bench), target);
    } finally {
      delete(bench);
    }
  }

  private ModelPackage of(Packing packing, PackageFolder workshop, PackageFolder target)
      throws IOException {
    ModelPackage plain = packing.into(workshop);
    GraphFacts graph = GraphFacts.of(plain.folder().resolve(ModelManifest.MODEL_FILE));
    List<CaseScore> usual = measure(plain, held(0, heldOut, Double.NaN));
    List<CaseScore> hard = measure(plain, held(1_000, (heldOut + 1) / 2, 1));
    workshop.writeCard(ModelCard.of(graph, usual, hard));
    var settings = new Calibration.Settings(acceptableDice, null, threads);
    Calibration calibrated = calibrate(plain, settings);
    ModelPackage model =
        CalibratedPackage.write(plain, PhantomAbdomen.VERSION, calibrated, target.path());
    int unseen = (calibration + 1) / 2;
    target.addToCard(ModelCard.check(check(model, settings, unseen), unseen));
    return model;
  }

  private Calibration calibrate(ModelPackage model, Calibration.Settings settings) {
    List<HeldOutCase> cases = HeldOutPhantoms.from(HeldOutPhantoms.CALIBRATION, calibration);
    try (ProgressBar bar = bar("Calibrating", 2 * cases.size())) {
      return Calibration.of(model, cases, settings, (pass, name) -> bar.step());
    }
  }

  private static QualityFigures check(
      ModelPackage model, Calibration.Settings settings, int unseen) {
    List<HeldOutCase> cases = HeldOutPhantoms.from(HeldOutPhantoms.CHECK, unseen);
    try (ProgressBar bar = bar("Checking", cases.size())) {
      return Calibration.check(model, cases, settings, (pass, name) -> bar.step());
    }
  }

  /** Specs of phantoms that no training has seen. */
  private static List<PhantomSpec> held(long offset, int count, double difficulty) {
    long first = FIRST_HELD_OUT_SEED + offset;
    return LongStream.range(first, first + count)
        .mapToObj(number -> PhantomSpec.drawn(number, EVALUATION_MATRIX))
        .map(spec -> Double.isNaN(difficulty) ? spec : spec.withDifficulty(difficulty))
        .toList();
  }

  private List<CaseScore> measure(ModelPackage model, List<PhantomSpec> specs) {
    try (ProgressBar bar = bar("Measuring", specs.size())) {
      return Evaluation.of(model, specs, threads, score -> bar.step());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static ProgressBar bar(String task, int steps) {
    return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).build();
  }
}

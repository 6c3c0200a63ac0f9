package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.ImageFinding;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.FindingSpec.Across;
import org.firstpass.model.FindingSpec.FindingClass;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.segment.CodedConcept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a classification head says of windows, and what becomes of it. */
final class FindingsTest {
  private static final GridSize SIZE = new GridSize(10, 9, 11);
  private static final ConvolutionGraph NETWORK = new ConvolutionGraph(1, 3, false, 41);
  private static final CodedConcept LATER = new CodedConcept("36118008", "SCT", "Pneumothorax");
  private static final CodedConcept FIRST = new CodedConcept("60046008", "SCT", "Pleural effusion");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"MAXIMUM,1,1", "MEAN,1,1", "MAXIMUM,2,3", "MEAN,3,8"})
  void scoresOfWindowsAndMirrorImagesBecomeOne(Across across, int callers, int batch) {
    var spec = spec(FindingSpec.Activation.SIGMOID, across);
    NetworkFixture fixture = fixture(spec).shape(callers, batch);
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 1);
    List<double[]> means = means(fixture, input);
    List<ImageFinding> findings = answer(fixture, input, new Slabs(SIZE, 3)).findings();
    assertEquals(List.of(LATER, FIRST), findings.stream().map(ImageFinding::code).toList());
    int[] index = {2, 0};
    for (int at = 0; at < index.length; at++) {
      int place = index[at];
      var scores = means.stream().mapToDouble(mean -> 1 / (1 + Math.exp(-mean[place])));
      double expected =
          across == Across.MEAN ? scores.average().orElseThrow() : scores.max().orElseThrow();
      assertEquals(expected, findings.get(at).score(), 1e-6);
      double threshold = spec.classes().get(at).threshold();
      assertEquals(expected >= threshold, findings.get(at).present());
    }
  }

  @Test
  void classesThatExcludeEachOtherShareOneProbability() {
    NetworkFixture fixture =
        fixture(spec(FindingSpec.Activation.SOFTMAX, Across.MEAN))
            .windows(new WindowSpec.Whole(1, 0));
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 2);
    double[] mean = means(fixture, input).get(0);
    double sum = Math.exp(mean[0]) + Math.exp(mean[1]) + Math.exp(mean[2]);
    List<ImageFinding> findings = answer(fixture, input, new Slabs(SIZE, 3)).findings();
    assertEquals(Math.exp(mean[2]) / sum, findings.get(0).score(), 1e-5);
    assertEquals(Math.exp(mean[0]) / sum, findings.get(1).score(), 1e-5);
  }

  @Test
  void aPackageWithoutAnOutputForVoxelsHasFindingsAndNoSlabs() {
    NetworkFixture fixture =
        fixture(spec(FindingSpec.Activation.SIGMOID, Across.MAXIMUM)).output(Activation.NONE, 0);
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 1);
    List<Integer> slabs = new ArrayList<>();
    NetworkAnswer answer = answer(fixture, input, slab -> slabs.add(slab.slices()));
    assertEquals(List.of(), slabs);
    assertEquals(2, answer.findings().size());
    try (LoadedNetwork network = fixture.open(folder)) {
      assertThrows(IllegalStateException.class, () -> network.run(input));
    }
  }

  @ParameterizedTest
  @EnumSource(FindingSpec.Activation.class)
  void aScoreThatIsNoNumberIsADefect(FindingSpec.Activation activation) {
    var scores = new FindingScores(spec(activation, Across.MEAN));
    Defect defect = assertThrows(Defect.class, () -> scores.add(new float[] {0, Float.NaN, 1}));
    assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
  }

  @Test
  void fewerClassesThanTheManifestNamesAreRefused() {
    FindingSpec spec = spec(FindingSpec.Activation.SIGMOID, Across.MEAN);
    var two = new TensorShape(TensorShape.Element.FLOAT32, List.of(-1L, 2L));
    Defect defect = assertThrows(Defect.class, () -> FindingScores.requireClasses(spec, two));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(defect.getMessage().contains("more than 2 classes"), defect.getMessage());
    var three = new TensorShape(TensorShape.Element.FLOAT32, List.of(1L, 3L));
    assertEquals(3, FindingScores.requireClasses(spec, three));
  }

  private static NetworkFixture fixture(FindingSpec spec) {
    return new NetworkFixture()
        .graph(NETWORK.classifying())
        .output(Activation.SOFTMAX, 3)
        .findings(spec)
        .sliding(List.of(6, 5, 7), 0.5, Placement.MONAI, List.of(2));
  }

  private static FindingSpec spec(FindingSpec.Activation activation, Across across) {
    return new FindingSpec(
        ConvolutionGraph.SCORES,
        activation,
        across,
        List.of(new FindingClass(2, LATER, 0.75), new FindingClass(0, FIRST, 0.3)));
  }

  /** The mean of each channel over each window and mirror image, in plain loops. */
  private static List<double[]> means(NetworkFixture fixture, NetworkInput input) {
    WindowPlan plan = WindowPlan.of(SIZE, fixture.manifest());
    GridSize window = plan.window();
    var gather = new WindowGather(input, fixture.manifest(), window);
    List<double[]> means = new ArrayList<>();
    for (WindowPlan.Start start : plan.starts()) {
      for (Mirror mirror : Mirror.subsets(fixture.manifest().windows().mirror())) {
        var values = java.nio.FloatBuffer.allocate(window.voxels());
        gather.gather(start, mirror, values, 0);
        double[] answer = NETWORK.answer(values.array(), window);
        var mean = new double[NETWORK.outputs()];
        for (int at = 0; at < answer.length; at++) {
          mean[at / window.voxels()] += answer[at] / window.voxels();
        }
        means.add(mean);
      }
    }
    return means;
  }

  private NetworkAnswer answer(
      NetworkFixture fixture, NetworkInput input, org.firstpass.prepare.SlabSink sink) {
    try (LoadedNetwork network = fixture.open(folder)) {
      return network.run(input, sink);
    }
  }
}

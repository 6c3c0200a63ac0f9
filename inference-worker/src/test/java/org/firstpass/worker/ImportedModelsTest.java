package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.firstpass.failure.Defect;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.inference.GraphInspection;
import org.firstpass.inference.PackageImport;
import org.firstpass.inference.PackageImport.FrameworkCase;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.ModelCardSkeleton;
import org.firstpass.model.importing.Question;
import org.firstpass.model.monai.MonaiImport;
import org.firstpass.model.monai.MonaiImport.MonaiFiles;
import org.firstpass.model.nnunet.NnUnetFiles;
import org.firstpass.model.nnunet.NnUnetImport;
import org.firstpass.model.onnx.OnnxImport;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.SharedData;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imported, verified, run: what comes out is what a manifest written by hand gives. */
final class ImportedModelsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Sha256 REVISION = Sha256.of(new byte[] {9});

  @TempDir private Path folder;

  private final Map<Question, String> options = new EnumMap<>(Question.class);

  ImportedModelsTest() {
    options.put(Question.LICENCE, "Apache-2.0");
    options.put(Question.NAME, "imported");
    options.put(Question.MINIMUM_SLICES, "1");
  }

  @Test
  void aBundleMarksWhatAHandWrittenManifestMarks() throws IOException {
    Path network = tiny("models/model.onnx");
    assertBundleLikeByHand(network, TinyNetwork.INPUT, TinyNetwork.OUTPUT, 2, 0);
  }

  @Test
  void aBundleOfARealNetworkMarksWhatAHandWrittenManifestMarks() throws IOException {
    Path network = SharedData.parity("unet_monai.onnx");
    assertBundleLikeByHand(network, "input", "logits", 3, 32);
  }

  @Test
  void foldsOfNnUnetMarkWhatAHandWrittenManifestMarks() throws IOException {
    Path first = tiny("fold_0.onnx");
    Path second = folder.resolve("fold_1.onnx");
    TinyNetwork.write(second, new float[] {0, 2}, new float[] {0, 0.5f});
    assertNnUnetLikeByHand(List.of(first, second), TinyNetwork.INPUT, TinyNetwork.OUTPUT, 2, 8);
  }

  @Test
  void aFoldOfARealNetworkMarksWhatAHandWrittenManifestMarks() throws IOException {
    Path network = SharedData.parity("unet_nnlike.onnx");
    assertNnUnetLikeByHand(List.of(network), "input", "logits", 3, 32);
  }

  @Test
  void aTransposedModelSeesTheSameVoxelsInItsOwnOrder() throws IOException {
    Path network = tiny("fold_0.onnx");
    ObjectNode plans = plans(8);
    plans.putArray("transpose_forward").add(2).add(0).add(1);
    ((ObjectNode) plans.at("/configurations/3d_fullres"))
        .set("spacing", MAPPER.readTree("[0.7, 2.3, 1.1]"));
    ModelPackage transposed =
        write(nnunet(plans, List.of(network), 2), Optional.empty(), "transposed");
    assertEquals(new Orientation("LSP"), transposed.manifest().input().orientation());
    options.put(Question.NAME, "straight");
    ModelPackage straight =
        write(nnunet(plans(8), List.of(network), 2), Optional.empty(), "straight");
    Volume volume = volume("AIL");
    assertArrayEquals(labels(volume, straight), labels(volume, transposed));
  }

  @Test
  void anOnnxFileMarksWhatAHandWrittenManifestMarks() throws IOException {
    Path network = tiny("liver.onnx");
    options.put(Question.TITLE, "Liver");
    options.put(Question.MODALITY, "CT");
    options.put(Question.ORIENTATION, "LIA");
    options.put(Question.SPACING, "1.5,1.5,1.5");
    options.put(Question.INTENSITY, "window:-50:150");
    options.put(Question.PATCH, "16,16,16");
    options.put(Question.ACTIVATION, "SOFTMAX");
    options.put(Question.LABELS, "background,liver");
    ModelPackage imported =
        write(
            OnnxImport.read(network, GraphInspection.tensors(network), Answers.of(options)),
            Optional.empty(),
            "onnx");
    ModelManifest byHand =
        new SampleManifest()
            .grid("LIA", new GridSpec.Spaced(List.of(1.5, 1.5, 1.5)))
            .intensity(new IntensitySpec.Window(-50, 150))
            .sliding(16, 0.5)
            .draft();
    assertSameLabels(imported, SamplePackage.seal(folder.resolve("hand"), byHand, network));
  }

  @Test
  void theAnswerOfTheFrameworkIsTheGoldenCase() throws IOException {
    Path network = tiny("models/model.onnx");
    var values = new float[8 * 8 * 8];
    var answer = new float[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 512f;
      answer[values.length + i] = values[i] - 0.5f;
    }
    Path input = folder.resolve("input.npy");
    Path output = folder.resolve("output.npy");
    new NpyArray(List.of(1, 1, 8, 8, 8), values).write(input);
    new NpyArray(List.of(1, 2, 8, 8, 8), answer).write(output);
    var golden = new FrameworkCase(input, output);
    ImportedModel bundle = bundle(network, 2, 16);
    ModelPackage written = write(bundle, Optional.of(golden), "golden");
    assertTrue(PackageVerification.of(written).passed());
    String card = Files.readString(written.folder().resolve("model-card.md"));
    assertTrue(card.contains("the answer of the framework"), card);
    assertTrue(card.contains(ModelCardSkeleton.BLANK));
    assertTrue(card.contains("10200004"), card);

    answer[values.length] += 1;
    new NpyArray(List.of(1, 2, 8, 8, 8), answer).write(output);
    options.put(Question.NAME, "wrong");
    ImportedModel wrong = bundle(network, 2, 16);
    Defect refusal = assertThrows(Defect.class, () -> write(wrong, Optional.of(golden), "golden"));
    assertTrue(refusal.getMessage().contains("golden"), refusal.getMessage());
    assertFalse(Files.exists(folder.resolve("golden/wrong/0.3.1")));
    assertFalse(Files.exists(folder.resolve("golden/wrong/.import")));
  }

  @Test
  void aPackageThatIsThereIsNotOverwritten() throws IOException {
    ImportedModel bundle = bundle(tiny("models/model.onnx"), 2, 16);
    write(bundle, Optional.empty(), "twice");
    var refusal =
        assertThrows(
            FileAlreadyExistsException.class, () -> write(bundle, Optional.empty(), "twice"));
    assertTrue(String.valueOf(refusal.getReason()).contains("--version"));
  }

  private void assertBundleLikeByHand(
      Path network, String input, String output, int classes, int patch) throws IOException {
    int window = patch == 0 ? 16 : patch;
    ModelPackage imported = write(bundle(network, classes, window), Optional.empty(), "monai");
    ModelManifest byHand =
        byHand(
            new InputSpec(
                input,
                List.of(
                    new ChannelSpec(
                        "CT", new IntensitySpec.Window(-57, 164, List.of(0.0, 1.0), true))),
                new Orientation("RAS"),
                new GridSpec.Spaced(List.of(1.5, 1.5, 2.0), GridSpec.Anchor.FIRST_VOXEL),
                new OutsideSpec.Edge(),
                null),
            new WindowSpec.Sliding(
                List.of(window, window, window), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0),
            output,
            classes,
            List.of());
    assertSameLabels(imported, SamplePackage.seal(folder.resolve("hand"), byHand, network));
  }

  private void assertNnUnetLikeByHand(
      List<Path> graphs, String input, String output, int classes, int patch) throws IOException {
    ImportedModel read = nnunet(plans(patch), graphs, classes);
    ModelPackage imported = write(read, Optional.empty(), "nnunet");
    ModelManifest byHand =
        byHand(
            new InputSpec(
                input,
                List.of(
                    new ChannelSpec("CT", new IntensitySpec.ZScore(99.48, 39.36, -15.0, 197.0))),
                new Orientation("SPL"),
                true,
                new GridSpec.Spaced(List.of(2.3, 1.1, 0.7)),
                new OutsideSpec.Edge(),
                new CropSpec.NonZero(),
                new ResamplingSpec(ResamplingSpec.Interpolation.CUBIC, 3.0),
                InputSpec.Order.INTENSITY_FIRST,
                null,
                null),
            new WindowSpec.Sliding(
                List.of(patch, patch, patch),
                0.5,
                WindowSpec.Blending.GAUSSIAN,
                null,
                0,
                WindowSpec.Placement.NNUNET,
                List.of(0, 1, 2),
                null,
                null),
            output,
            classes,
            graphs.size() == 1
                ? List.of()
                : graphs.stream().map(graph -> String.valueOf(graph.getFileName())).toList());
    Path hand = SamplePackage.folder(folder.resolve("hand"), byHand);
    for (int i = 0; i < graphs.size(); i++) {
      Files.copy(graphs.get(i), hand.resolve(byHand.networkFiles().get(i)));
    }
    assertSameLabels(imported, SamplePackage.seal(hand, byHand));
  }

  private static ModelManifest byHand(
      InputSpec input, WindowSpec windows, String output, int classes, List<String> networks) {
    ModelManifest sample = new SampleManifest().segments(1).draft();
    var labels =
        new SampleManifest()
            .output(OutputSpec.Activation.SOFTMAX, classes)
            .segments(classes - 1)
            .draft()
            .labels();
    return new ModelManifest(
        ModelManifest.FORMAT,
        "by-hand",
        "1.0.0",
        sample.about(),
        sample.accepts(),
        input,
        windows,
        new OutputSpec(output, OutputSpec.Activation.SOFTMAX, classes, null),
        labels,
        null,
        networks,
        null,
        null,
        Map.of(),
        null);
  }

  private void assertSameLabels(ModelPackage imported, ModelPackage byHand) {
    assertTrue(PackageVerification.of(imported).passed());
    Volume volume = volume("AIL");
    short[] expected = labels(volume, byHand);
    boolean some = false;
    for (short label : expected) {
      some |= label != 0;
    }
    assertTrue(some, "the network marks something");
    assertArrayEquals(expected, labels(volume, imported));
  }

  private static short[] labels(Volume volume, ModelPackage model) {
    try (var segmenter = new SeriesSegmenter(1, Long.MAX_VALUE, new SimpleMeterRegistry())) {
      LabelMap labels = segmenter.segment(volume, model, REVISION).labels();
      var values = new short[labels.geometry().size().voxels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) labels.labelAt(i);
      }
      return values;
    }
  }

  /** Bright balls on noise: not symmetric, no two axes alike. */
  private static Volume volume(String orientation) {
    GridGeometry grid = SampleGrid.of(new Orientation(orientation), new GridSize(44, 34, 22));
    var random = new Random(3);
    var values = new float[grid.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      int column = i % 44 - 15;
      int row = i / 44 % 34 - 20;
      int slice = i / (44 * 34) - 8;
      boolean inside = column * column + row * row + 4 * slice * slice < 120;
      values[i] = (inside ? 140 : -40) + (float) random.nextGaussian() * 25;
    }
    return Volume.ofValues(grid, values);
  }

  private Path tiny(String file) {
    Path network = folder.resolve(file);
    TinyNetwork.write(network, new float[] {0, 1}, new float[] {0, -0.5f});
    return network;
  }

  private ModelPackage write(ImportedModel model, Optional<FrameworkCase> golden, String into)
      throws IOException {
    return PackageImport.write(model, folder.resolve(into), golden);
  }

  private ImportedModel bundle(Path network, int classes, int patch) throws IOException {
    ObjectNode metadata = resource("/org/firstpass/model/monai/metadata.json");
    if (classes == 2) {
      ((ObjectNode) metadata.at("/network_data_format/outputs/pred/channel_def")).remove("2");
    }
    ObjectNode config = resource("/org/firstpass/model/monai/inference.json");
    config.put("roi", "$(" + patch + ", " + patch + ", " + patch + ")");
    // Clean-up is not what is compared here.
    ((ArrayNode) config.at("/postprocessing/transforms")).remove(3);
    Path configs = Files.createDirectories(folder.resolve("bundle/configs"));
    Files.writeString(configs.resolve("metadata.json"), metadata.toString());
    Files.writeString(configs.resolve("inference.json"), config.toString());
    GraphTensors graph = GraphInspection.tensors(network);
    return MonaiImport.read(
        new MonaiFiles(folder.resolve("bundle"), network, Map.of()), graph, Answers.of(options));
  }

  private ImportedModel nnunet(ObjectNode plans, List<Path> graphs, int classes)
      throws IOException {
    ObjectNode dataset = resource("/org/firstpass/model/nnunet/dataset.json");
    ObjectNode labels = dataset.putObject("labels");
    labels.put("background", 0);
    for (int label = 1; label < classes; label++) {
      labels.put("structure " + label, label);
    }
    Files.writeString(folder.resolve("plans.json"), plans.toString());
    Files.writeString(folder.resolve("dataset.json"), dataset.toString());
    var files =
        new NnUnetFiles(
            folder.resolve("plans.json"),
            folder.resolve("dataset.json"),
            null,
            "3d_fullres",
            graphs,
            Map.of());
    return NnUnetImport.read(files, GraphInspection.tensors(graphs.get(0)), Answers.of(options));
  }

  private static ObjectNode plans(int patch) throws IOException {
    ObjectNode plans = resource("/org/firstpass/model/nnunet/plans.json");
    ObjectNode full = (ObjectNode) plans.at("/configurations/3d_fullres");
    full.putArray("patch_size").add(patch).add(patch).add(patch);
    full.set("spacing", MAPPER.readTree("[2.3, 1.1, 0.7]"));
    return plans;
  }

  private static ObjectNode resource(String name) throws IOException {
    try (var in = ImportedModelsTest.class.getResourceAsStream(name)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, name));
    }
  }
}

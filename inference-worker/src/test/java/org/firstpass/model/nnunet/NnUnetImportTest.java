package org.firstpass.model.nnunet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.WrongAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nnU-Net's plans become a manifest that says the same, or are refused by the step's name. */
final class NnUnetImportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  private final ObjectNode plans = resource("plans.json");
  private final ObjectNode dataset = resource("dataset.json");
  private final Map<Question, String> options = new EnumMap<>(Question.class);
  private String configuration = "3d_fullres";
  private int outputs = 4;
  private int inputs = 1;
  private int axes = 3;

  NnUnetImportTest() {
    options.put(Question.LICENCE, "Apache-2.0");
  }

  @Test
  void thePlansOfAFullResolutionSayEverything() throws IOException {
    ImportedModel imported = imported("fold_0.onnx", "fold_1.onnx");
    ModelManifest manifest = imported.draft();
    assertEquals("dataset901-phantom", manifest.name());
    assertEquals(List.of("fold_0.onnx", "fold_1.onnx"), manifest.networkFiles());
    assertEquals(List.of("CT"), manifest.accepts().modalities());
    InputSpec input = manifest.input();
    assertEquals("in", input.tensor());
    assertEquals(
        new IntensitySpec.ZScore(99.48, 39.36, -15.0, 197.0), input.channels().get(0).intensity());
    assertEquals(new GridSpec.Spaced(List.of(2.5, 0.8, 0.9), Anchor.EXTENT), input.grid());
    assertEquals(new CropSpec.NonZero(), input.crop());
    assertEquals(new ResamplingSpec(Interpolation.CUBIC, 3.0), input.resampling());
    assertTrue(input.normalisesFirst());
    assertTrue(input.keepsAcquiredAxes());
    assertEquals(new Orientation("SPL"), input.orientation());
    assertEquals(
        new WindowSpec.Sliding(
            List.of(64, 128, 160),
            0.5,
            WindowSpec.Blending.GAUSSIAN,
            null,
            0,
            WindowSpec.Placement.NNUNET,
            List.of(0, 1, 2),
            2,
            null),
        manifest.windows());
    assertEquals(Activation.SOFTMAX, manifest.output().activation());
    assertEquals(4, manifest.output().channels());
    assertEquals(manifest, ManifestJson.read(ManifestJson.write(manifest)));
  }

  @Test
  void labelsGetTheirCodesAndUnknownOnesAPrivateOne() throws IOException {
    ImportedModel imported = imported("fold_0.onnx");
    List<LabelledChannel> labels = imported.draft().labels().segments();
    assertEquals(3, labels.size());
    assertEquals("10200004", labels.get(0).segment().type().value());
    assertEquals("64033007", labels.get(1).segment().type().value());
    assertEquals("7771000", labels.get(1).segment().modifier().orElseThrow().value());
    assertEquals("99FIRSTPASS", labels.get(2).segment().type().scheme());
    assertEquals("Unheard of thing", labels.get(2).segment().label());
    assertTrue(
        imported.notes().checks().stream().anyMatch(check -> check.contains("unheard_of_thing")));
  }

  @Test
  void whatItInheritsAConfigurationHas() throws IOException {
    configuration = "3d_lowres";
    ModelManifest manifest = imported("fold_0.onnx").draft();
    assertEquals(
        new GridSpec.Spaced(List.of(3.0, 1.5, 1.6), Anchor.EXTENT), manifest.input().grid());
    assertEquals(new ResamplingSpec(Interpolation.CUBIC, 3.0), manifest.input().resampling());
    assertEquals(List.of("model.onnx"), manifest.networkFiles());
  }

  @Test
  void aTwoDimensionalConfigurationSeesSlices() throws IOException {
    configuration = "2d";
    axes = 2;
    ModelManifest manifest = imported("fold_0.onnx").draft();
    assertTrue(manifest.input().seesSlices());
    assertEquals(
        new GridSpec.Spaced(List.of(0.0, 0.8, 0.9), Anchor.EXTENT), manifest.input().grid());
    var windows = (WindowSpec.Sliding) manifest.windows();
    assertEquals(List.of(1, 512, 448), windows.patch());
    assertEquals(List.of(1, 2), windows.mirror());
  }

  @Test
  void aTransposeExchangesAxes() throws IOException {
    plans.putArray("transpose_forward").add(2).add(0).add(1);
    assertEquals(new Orientation("LSP"), imported("fold_0.onnx").draft().input().orientation());
  }

  @Test
  void aReaderThatTurnsImagesMeansDirectionsOfThePatient() throws IOException {
    plans.put("image_reader_writer", "NibabelIOWithReorient");
    plans.putArray("transpose_forward").add(1).add(0).add(2);
    InputSpec input = imported("fold_0.onnx").draft().input();
    assertNull(input.asAcquired());
    assertEquals(new Orientation("ASR"), input.orientation());
  }

  @Test
  void aPersonMaySayHowTrainingImagesWereStored() throws IOException {
    options.put(Question.ORIENTATION, "SAR");
    options.put(Question.MIRROR, "none");
    ModelManifest manifest = imported("fold_0.onnx").draft();
    assertNull(manifest.input().asAcquired());
    assertEquals(new Orientation("SAR"), manifest.input().orientation());
    assertEquals(List.of(), manifest.windows().mirror());
  }

  @Test
  void regionsMayContainEachOther() throws IOException {
    ObjectNode labels = dataset.putObject("labels");
    labels.put("background", 0);
    labels.putArray("whole tumor").add(1).add(2).add(3);
    labels.putArray("tumor core").add(2).add(3);
    labels.put("enhancing tumor", 3);
    dataset.putArray("regions_class_order").add(1).add(2).add(3);
    outputs = 3;
    ModelManifest manifest = imported("fold_0.onnx").draft();
    assertEquals(Activation.REGIONS, manifest.output().activation());
    assertEquals(
        List.of(0, 1, 2),
        manifest.labels().segments().stream().map(LabelledChannel::channel).toList());
    assertEquals(
        List.of(1, 2, 3),
        manifest.labels().segments().stream().map(each -> each.segment().number()).toList());
    assertEquals("49755003", manifest.labels().segments().get(0).segment().category().value());
  }

  @Test
  void everyNormalisationHasItsRule() throws IOException {
    ObjectNode full = configurationNode();
    ObjectNode channels = dataset.putObject("channel_names");
    channels.put("0", "T1").put("1", "T2").put("2", "ADC").put("3", "noNorm");
    full.putArray("normalization_schemes")
        .add("ZScoreNormalization")
        .add("ZScoreNormalization")
        .add("RescaleTo01Normalization")
        .add("NoNormalization");
    full.putArray("use_mask_for_norm").add(true).add(false).add(false).add(false);
    inputs = 4;
    ModelManifest manifest = imported("fold_0.onnx").draft();
    assertEquals(
        List.of(
            new IntensitySpec.ZScore(null, null, null, null, true),
            new IntensitySpec.ZScore(null, null, null, null),
            new IntensitySpec.Percentiles(0, 100, false),
            new IntensitySpec.Raw()),
        manifest.input().channels().stream().map(InputSpec.ChannelSpec::intensity).toList());
    assertEquals("t1", manifest.accepts().seriesDescription());
    assertNull(manifest.input().channels().get(0).series());
    assertEquals(
        "t2",
        Objects.requireNonNull(manifest.input().channels().get(1).series()).seriesDescription());
  }

  @Test
  void oldPlansTakeIntensitiesFromTheFingerprint() throws IOException {
    JsonNode intensities = plans.remove("foreground_intensity_properties_per_channel");
    Defect refusal = assertThrows(Defect.class, () -> imported("fold_0.onnx"));
    assertTrue(refusal.getMessage().contains("dataset_fingerprint.json"), refusal.getMessage());
    ObjectNode fingerprint = MAPPER.createObjectNode();
    fingerprint.set("foreground_intensity_properties_per_channel", intensities);
    Files.writeString(folder.resolve("fingerprint.json"), fingerprint.toString());
    assertEquals(
        new IntensitySpec.ZScore(99.48, 39.36, -15.0, 197.0),
        imported("fold_0.onnx").draft().input().channels().get(0).intensity());
  }

  @Test
  void torchsResamplingIsLinear() throws IOException {
    ObjectNode full = configurationNode();
    full.put("resampling_fn_data", "resample_torch_fornnunet");
    full.putObject("resampling_fn_data_kwargs").put("is_seg", false).put("force_separate_z", false);
    full.put("resampling_fn_probabilities", "resample_torch_fornnunet");
    full.putObject("resampling_fn_probabilities_kwargs").put("force_separate_z", false);
    assertEquals(
        new ResamplingSpec(Interpolation.LINEAR, null),
        imported("fold_0.onnx").draft().input().resampling());
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "normalization_schemes | [\"RGBTo01Normalization\"] | RGBTo01Normalization",
        "normalization_schemes | [] | normalization_schemes has []",
        "preprocessor_name | \"MyPreprocessor\" | MyPreprocessor",
        "resampling_fn_data | \"my_resampling\" | resampling_fn_data my_resampling",
        "resampling_fn_data_kwargs | {\"order\": 2} | order 2",
        "resampling_fn_data_kwargs | {\"order\": 3, \"order_z\": 1} | order_z",
        "resampling_fn_data_kwargs | {\"force_separate_z\": true} | force_separate_z true",
        "resampling_fn_data_kwargs | {\"force_separate_z\": false} | force_separate_z",
        "resampling_fn_probabilities_kwargs | {\"order\": 3} | resampling_fn_probabilities",
        "previous_stage | \"3d_lowres\" | segmentation of its previous stage 3d_lowres",
        "patch_size | [64] | patch_size",
        "patch_size | [64, 64] | does not fit the graph's input",
        "spacing | [1, \"x\", 1] | spacing must have numbers",
      })
  void aStepThatCannotBeSaidIsRefusedByItsName(String field, String value, String message)
      throws IOException {
    configurationNode().set(field, MAPPER.readTree(value));
    Defect refusal = assertThrows(Defect.class, () -> imported("fold_0.onnx"));
    assertEquals(ReasonCode.IMPORT_UNSUPPORTED, refusal.code());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  void aCascadeIsRefusedWithItsReason() {
    configuration = "3d_cascade_fullres";
    Defect refusal = assertThrows(Defect.class, () -> imported("fold_0.onnx"));
    assertEquals(ReasonCode.IMPORT_UNSUPPORTED, refusal.code());
    assertTrue(refusal.getMessage().contains("would have to be an input"), refusal.getMessage());
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    configuration = "3d_highres";
    assertRefused("has no configuration '3d_highres'");
    configuration = "3d_fullres";
    outputs = 3;
    assertRefused("labels of dataset.json: are 4");
    outputs = 4;
    inputs = 2;
    assertRefused("channels of dataset.json: are 1");
    inputs = 1;
    plans.put("image_reader_writer", "NaturalImage2DIO");
    assertRefused("NaturalImage2DIO");
    plans.put("image_reader_writer", "SimpleITKIO");
    ((ObjectNode) dataset.path("labels")).put("liver", 7);
    assertRefused("labels must be 0, 1, 2");
    ((ObjectNode) dataset.path("labels")).put("liver", "1");
    assertRefused("must give each name a number");
  }

  @Test
  void aLicenceHasToBeSaid() {
    options.remove(Question.LICENCE);
    WrongAnswer missing = assertThrows(WrongAnswer.class, () -> imported("fold_0.onnx"));
    assertEquals(Question.LICENCE, missing.question());
    assertTrue(missing.getMessage().startsWith("--licence is missing"), missing.getMessage());
  }

  private void assertRefused(String message) {
    Defect refusal = assertThrows(Defect.class, () -> imported("fold_0.onnx"));
    assertEquals(ReasonCode.IMPORT_UNSUPPORTED, refusal.code());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private ObjectNode configurationNode() {
    return (ObjectNode) plans.path("configurations").path(configuration);
  }

  private ImportedModel imported(String... graphs) throws IOException {
    Files.writeString(folder.resolve("plans.json"), plans.toString());
    Files.writeString(folder.resolve("dataset.json"), dataset.toString());
    Path fingerprint = folder.resolve("fingerprint.json");
    var files =
        new NnUnetFiles(
            folder.resolve("plans.json"),
            folder.resolve("dataset.json"),
            Files.exists(fingerprint) ? fingerprint : null,
            configuration,
            List.of(graphs).stream().map(folder::resolve).toList(),
            Map.of());
    return NnUnetImport.read(files, graph(), Answers.of(options));
  }

  private GraphTensors graph() {
    return new GraphTensors(List.of(tensor("in", inputs)), List.of(tensor("out", outputs)));
  }

  private Tensor tensor(String name, int channels) {
    List<Long> shape =
        axes == 3
            ? List.of(-1L, (long) channels, -1L, -1L, -1L)
            : List.of(-1L, (long) channels, -1L, -1L);
    return new Tensor(name, "FLOAT32", shape);
  }

  private static ObjectNode resource(String name) {
    try (var in = NnUnetImportTest.class.getResourceAsStream(name)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.firstpass.model.monai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.WrongAnswer;
import org.junit.jupiter.api.Test;

/** A bundle becomes a manifest that says the same. */
final class MonaiImportTest extends ImportedBundle {

  @Test
  void theUsualBundleSaysEverything() throws IOException {
    ImportedModel imported = imported();
    ModelManifest manifest = imported.draft();
    assertEquals("phantom-organs", manifest.name());
    assertEquals("0.3.1", manifest.version());
    assertEquals("Tests only.", manifest.about().intendedUse());
    assertEquals(List.of("CT"), manifest.accepts().modalities());
    InputSpec input = manifest.input();
    assertEquals(new Orientation("RAS"), input.orientation());
    assertNull(input.asAcquired());
    assertEquals(new GridSpec.Spaced(List.of(1.5, 1.5, 2.0), Anchor.FIRST_VOXEL), input.grid());
    assertEquals(
        new IntensitySpec.Window(-57, 164, List.of(0.0, 1.0), true),
        input.channels().get(0).intensity());
    assertEquals(ResamplingSpec.LINEAR, input.resampling());
    assertNull(input.crop());
    assertEquals(
        new WindowSpec.Sliding(
            List.of(96, 80, 64),
            0.5,
            WindowSpec.Blending.GAUSSIAN,
            null,
            0,
            WindowSpec.Placement.MONAI,
            List.of(),
            4,
            null),
        manifest.windows());
    assertEquals(new OutputSpec("out", Activation.SOFTMAX, 3, null), manifest.output());
    List<LabelledChannel> labels = manifest.labels().segments();
    assertEquals(List.of(1, 2), labels.stream().map(LabelledChannel::channel).toList());
    assertEquals("10200004", labels.get(0).segment().type().value());
    assertEquals(new CleanUp(true, 0), labels.get(0).cleanUp());
    assertNull(labels.get(1).cleanUp());
    assertEquals(manifest, ManifestJson.read(ManifestJson.write(manifest)));
  }

  @Test
  void aConfigurationInYamlSaysTheSame() throws IOException {
    ModelManifest fromJson = imported().draft();
    Files.delete(folder.resolve("bundle/configs/inference.json"));
    new ObjectMapper(new YAMLFactory())
        .writeValue(folder.resolve("bundle/configs/inference.yaml").toFile(), config);
    assertEquals(fromJson, read().draft());
  }

  @Test
  void aTransformOfArraysIsTheSameAsOneOfDictionaries() throws IOException {
    step(2).put("_target_", "monai.transforms.Orientation");
    step(INTENSITY).put("_target_", "monai.transforms.ScaleIntensityRangeDict");
    assertEquals(new Orientation("RAS"), imported().draft().input().orientation());
  }

  @Test
  void intensityRulesComeWithTheirNumbers() throws IOException {
    assertIntensity(
        "{'_target_': 'NormalizeIntensityd', 'keys': 'image', 'nonzero': true}",
        new IntensitySpec.ZScore(null, null, null, null, true));
    assertIntensity(
        "{'_target_': 'NormalizeIntensityd', 'subtrahend': 5, 'divisor': 2}",
        new IntensitySpec.ZScore(5.0, 2.0, null, null));
    assertIntensity(
        "{'_target_': 'ScaleIntensityd', 'minv': -1.0, 'maxv': 1.0}",
        new IntensitySpec.Percentiles(0, 100, false, List.of(-1.0, 1.0), null));
    assertIntensity(
        "{'_target_': 'ScaleIntensityd', 'keys': 'image'}",
        new IntensitySpec.Percentiles(0, 100, false));
    assertIntensity(
        "{'_target_': 'ScaleIntensityRangePercentilesd', 'lower': 1, 'upper': 99, 'b_min': 0,"
            + " 'b_max': 1, 'clip': true, 'relative': false}",
        new IntensitySpec.Percentiles(1, 99, true, List.of(0.0, 1.0), null));
    assertIntensity(
        "{'_target_': 'ScaleIntensityRanged', 'a_min': 0, 'a_max': 10}",
        new IntensitySpec.Window(0, 10, List.of(), false));
  }

  @Test
  void aLaterRuleUndoesAnEarlierThatOnlyShiftsAndStretches() throws IOException {
    transforms().set(INTENSITY, json("{'_target_': 'NormalizeIntensityd', 'keys': 'image'}"));
    transforms().insert(INTENSITY + 1, json("{'_target_': 'ScaleIntensityd', 'minv': -1}"));
    assertEquals(
        new IntensitySpec.Percentiles(0, 100, false, List.of(-1.0, 1.0), null),
        imported().draft().input().channels().get(0).intensity());
  }

  @Test
  void intensitiesBeforeSpacingStayBefore() throws IOException {
    JsonNode intensity = transforms().remove(INTENSITY);
    transforms().insert(2, intensity);
    assertTrue(imported().draft().input().normalisesFirst());
  }

  @Test
  void aForegroundIsCutInRescaledValues() throws IOException {
    transforms()
        .insert(INTENSITY + 1, json("{'_target_': 'CropForegroundd', 'source_key': 'image'}"));
    assertEquals(new CropSpec.Above(-57, 0), imported().draft().input().crop());
    step(INTENSITY + 1).put("select_fn", "$lambda x: x > 0.5");
    assertEquals(new CropSpec.Above(53.5, 0), imported().draft().input().crop());
    config.putArray("target_spacing").add(1.5).add(1.5).add(1.5);
    step(INTENSITY + 1).put("margin", 5).put("allow_smaller", true);
    assertEquals(new CropSpec.Above(53.5, 7.5), imported().draft().input().crop());
  }

  @Test
  void withoutOrientationArraysAreColumnsFirst() throws IOException {
    transforms().remove(2);
    ImportedModel imported = imported();
    assertEquals(true, imported.draft().input().asAcquired());
    assertEquals(new Orientation("LPS"), imported.draft().input().orientation());
    assertTrue(
        imported.notes().checks().stream().anyMatch(check -> check.contains("--orientation")));
  }

  @Test
  void aSliceInfererFeedsATwoDimensionalNetwork() throws IOException {
    axes = 2;
    config.set(
        "inferer", json("{'_target_': 'SliceInferer', 'roi_size': [128, 112], 'spatial_dim': 2}"));
    ModelManifest manifest = imported().draft();
    assertTrue(manifest.input().seesSlices());
    assertEquals(new Orientation("SRA"), manifest.input().orientation());
    assertEquals(
        new GridSpec.Spaced(List.of(2.0, 1.5, 1.5), Anchor.FIRST_VOXEL), manifest.input().grid());
    var windows = (WindowSpec.Sliding) manifest.windows();
    assertEquals(List.of(1, 128, 112), windows.patch());
    assertEquals(0.25, windows.overlap());
    assertEquals(WindowSpec.Blending.CONSTANT, windows.blending());
  }

  @Test
  void aSimpleInfererTakesAllAtOnce() throws IOException {
    config.set("inferer", json("{'_target_': 'SimpleInferer'}"));
    transforms().add(json("{'_target_': 'DivisiblePadd', 'keys': 'image', 'k': 16}"));
    assertEquals(new WindowSpec.Whole(16, 0), imported().draft().windows());
  }

  @Test
  void severalChannelsAreSeveralSeries() throws IOException {
    ObjectNode input = (ObjectNode) metadata.at("/network_data_format/inputs/image");
    input.put("num_channels", 2).put("modality", "MR");
    input.putObject("channel_def").put("0", "T1c").put("1", "FLAIR");
    transforms()
        .set(
            INTENSITY,
            json("{'_target_': 'NormalizeIntensityd', 'nonzero': true, 'channel_wise': true}"));
    inputs = 2;
    ModelManifest manifest = imported().draft();
    assertEquals(2, manifest.input().channels().size());
    assertEquals(
        "flair",
        Objects.requireNonNull(manifest.input().channels().get(1).series()).seriesDescription());
    assertEquals("t1.*(ce|gd|c\\+|\\+c|post|km)", manifest.accepts().seriesDescription());
    step(INTENSITY).remove("channel_wise");
    assertRefused("transform NormalizeIntensityd");
  }

  @Test
  void classesThatStandAloneHaveAThreshold() throws IOException {
    ((ObjectNode) metadata.at("/network_data_format/outputs/pred"))
        .putObject("channel_def")
        .put("0", "tumor core")
        .put("1", "whole tumor")
        .put("2", "enhancing tumor");
    post(0).removeAll();
    post(0).put("_target_", "Activationsd").put("sigmoid", true);
    post(2).removeAll();
    post(2).put("_target_", "AsDiscreted").put("threshold", 0.4);
    post().remove(3);
    ModelManifest manifest = imported().draft();
    assertEquals(new OutputSpec("out", Activation.SIGMOID, 3, 0.4), manifest.output());
    assertEquals(
        List.of(1, 2, 3),
        manifest.labels().segments().stream().map(each -> each.segment().number()).toList());
    post().remove(0);
    assertEquals(Activation.FRACTION, imported().draft().output().activation());
  }

  @Test
  void everyCleanUpHasItsField() throws IOException {
    post().add(json("{'_target_': 'FillHolesd', 'keys': 'pred', 'applied_labels': 2}"));
    post().add(json("{'_target_': 'RemoveSmallObjectsd', 'min_size': 500, 'by_measure': true}"));
    ModelManifest manifest = imported().draft();
    assertEquals(new CleanUp(true, 0.5, null), manifest.labels().segments().get(0).cleanUp());
    assertEquals(new CleanUp(false, 0.5, true), manifest.labels().segments().get(1).cleanUp());
    post().add(json("{'_target_': 'LabelFilterd', 'applied_labels': [2]}"));
    assertEquals(1, imported().draft().labels().segments().size());
  }

  @Test
  void smallObjectsInVoxelsOfTheNetworksGridAreAVolume() throws IOException {
    post().remove(1);
    post().add(json("{'_target_': 'RemoveSmallObjectsd', 'min_size': 100}"));
    CleanUp cleanUp = imported().draft().labels().segments().get(1).cleanUp();
    assertEquals(0.45, Objects.requireNonNull(cleanUp).minimumVolumeMl(), 1e-12);
  }

  @Test
  void stepsMayBePutTogetherFromParts() throws IOException {
    config.set("first_steps", transforms().deepCopy());
    config.set("more_steps", MAPPER.createArrayNode().add(json("{'_target_': 'EnsureTyped'}")));
    ((ObjectNode) config.path("preprocessing")).put("transforms", "$@first_steps + @more_steps");
    assertEquals(new Orientation("RAS"), imported().draft().input().orientation());
  }

  @Test
  void labelsThatTheBundleDoesNotNameAPersonDoes() throws IOException {
    ((ObjectNode) metadata.at("/network_data_format/outputs/pred")).remove("channel_def");
    post().remove(3);
    WrongAnswer missing = assertThrows(WrongAnswer.class, this::imported);
    assertTrue(missing.getMessage().startsWith("--labels is missing"), missing.getMessage());
    options.put(Question.LABELS, "background, pancreas");
    assertEquals("Pancreas", imported().draft().labels().segments().get(0).segment().label());
  }

  private void assertIntensity(String step, IntensitySpec expected) throws IOException {
    transforms().set(INTENSITY, json(step));
    assertEquals(expected, imported().draft().input().channels().get(0).intensity());
  }
}

package org.firstpass.model.monai;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import org.firstpass.failure.Defect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a manifest cannot say is refused by the name of its transform. */
final class MonaiRefusalTest extends ImportedBundle {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'_target_': 'Resized', 'spatial_size': [96, 96, 96]} | transform Resized",
        "{'_target_': 'Lambdad', 'func': '$lambda x: x'} | transform Lambdad",
        "{'_target_': 'NormalizeIntensityd'} | transform NormalizeIntensityd: a channel has one",
        "{'_target_': 'ScaleIntensityd', 'factor': 0.5} | factor multiplies",
        "{'_target_': 'GaussianSmoothd', 'sigma': 1} | transform GaussianSmoothd",
        "{'_target_': 'Orientationd', 'axcodes': 'LPS'} | must come before Spacing",
        "{'_target_': 'CastToTyped', 'dtype': '$np.int16'} | would round the image",
        "{'_target_': 'CropForegroundd', 'select_fn': '$lambda x: abs(x) > 1'} | select_fn",
        "{'_target_': 'CropForegroundd', 'margin': 3} | margin",
        "{'_target_': 'CropForegroundd', 'k_divisible': 16} | k_divisible must be 1",
        "{'_target_': 'DivisiblePadd', 'k': 16} | DivisiblePad before a sliding window",
        "{'_target_': 'SpatialPadd', 'spatial_size': [200, 200, 200]} | larger than the window",
        "{'_target_': 'SpatialPadd', 'spatial_size': 64, 'mode': 'edge'} | must pad with zeros",
        "{'_target_': 'EnsureChannelFirst3d'} | transform EnsureChannelFirst3d",
      })
  void aTransformThatCannotBeSaidIsRefusedByItsName(String step, String message)
      throws IOException {
    transforms().add(json(step));
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode | \"nearest-cubic\" | mode",
        "mode | 3 | mode must be a text",
        "padding_mode | \"zeros\" | padding_mode must be border",
        "diagonal | true | diagonal must be false",
        "scale_extent | true | scale_extent must be false",
        "max_pixdim | [1, 1, 1] | max_pixdim cannot be said",
        "pixdim | \"$numpy.ones(3)\" | pixdim is an expression",
        "pixdim | \"@nowhere\" | which is not there",
        "something | 1 | argument something is not known",
      })
  void anArgumentOfSpacingThatCannotBeSaidIsRefused(String argument, String value, String message)
      throws IOException {
    step(SPACING).set(argument, MAPPER.readTree(value));
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'_target_': 'SaliencyInferer'} | transform SaliencyInferer",
        "{'_target_': 'SlidingWindowInferer', 'roi_size': [96, 96, -1]} | roi_size",
        "{'_target_': 'SlidingWindowInferer', 'roi_size': 96, 'padding_mode': 'reflect'} | padding",
        "{'_target_': 'SlidingWindowInferer', 'roi_size': 96, 'overlap': [0.5, 0.5, 0.2]} | overlap",
        "{'_target_': 'SlidingWindowInferer', 'roi_size': 96, 'wobble': 1} | wobble is not known",
        "{'_target_': 'SliceInferer', 'roi_size': [96, 96]} | does not feed from volumes",
      })
  void anInfererThatCannotBeSaidIsRefused(String inferer, String message) throws IOException {
    config.set("inferer", json(inferer));
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'_target_': 'MeanEnsembled'} | transform MeanEnsembled",
        "{'_target_': 'Activationsd', 'other': '$torch.relu'} | other would have to be run",
        "{'_target_': 'AsDiscreted', 'rounding': 'torchrounding'} | rounding",
        "{'_target_': 'KeepLargestConnectedComponentd', 'num_components': 2} | num_components",
        "{'_target_': 'KeepLargestConnectedComponentd', 'connectivity': 1} | connectivity must be 3",
        "{'_target_': 'KeepLargestConnectedComponentd', 'independent': false} | independent false",
        "{'_target_': 'KeepLargestConnectedComponentd', 'applied_labels': [7]} | applied_labels [7]",
        "{'_target_': 'RemoveSmallObjectsd', 'min_size': 64} | by_measure true would be one",
      })
  void aStepAfterTheNetworkThatCannotBeSaidIsRefused(String step, String message)
      throws IOException {
    post().add(json(step));
    assertRefused(message);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws IOException {
    outputs = 2;
    assertRefused("channel_def");
    outputs = 3;
    inputs = 2;
    assertRefused("num_channels 1");
    inputs = 1;
    config.put("roi", "@roi");
    assertRefused("references in a circle");
    config.remove("inferer");
    assertRefused("has no inferer");
    ((ObjectNode) metadata.at("/network_data_format/outputs/pred")).put("format", "classes");
    assertRefused("output format classes");
  }

  @Test
  void aFolderThatIsNoBundleIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("bundle"));
    Defect refusal = assertThrows(Defect.class, this::read);
    assertTrue(refusal.getMessage().contains("configs/metadata.json"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'_target_': 'ScaleIntensityd', 'keys': 'label'} | its keys are [label]",
        "{'_target_': 'CropForegroundd', 'keys': 'image'} | before the image is cropped",
        "{'_target_': 'DivisiblePadd', 'keys': 'image', 'k': 8} | before the image is cropped or",
      })
  void whatComesBeforeSpacingIsRefusedIfItChangesIt(String step, String message)
      throws IOException {
    transforms().insert(SPACING, json(step));
    assertRefused(message);
  }

  @Test
  void aStepOfAnotherKeyIsRefused() throws IOException {
    post(2).put("keys", "other");
    assertRefused("its keys are [other], but the answer is pred");
  }
}

package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest with one wrong field is refused, and the refusal names the field. */
final class ManifestRefusalTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format | 2 | manifest format must be 1",
        "name | \"Sample model\" | name must match",
        "version | \"1\" | version must match",
        "about | null | about is missing",
        "about/title | \"\" | about.title is missing",
        "about/licence | \" \" | about.licence is missing",
        "about/intendedUse | null | about.intendedUse is missing",
        "about/licenceClass | \"FREE\" | about.licenceClass",
        "accepts | null | accepts is missing",
        "accepts/modalities | [] | accepts.modalities",
        "accepts/modalities | [null] | accepts.modalities must not have null",
        "accepts/bodyPart | \"(\" | accepts.bodyPart is not a regular expression",
        "accepts/seriesDescription | \"(\" | accepts.seriesDescription is not",
        "accepts/notSeriesDescription | \"(\" | accepts.notSeriesDescription is not",
        "accepts/sequence | \"(\" | accepts.sequence is not a regular expression",
        "accepts/minimumSlices | 0 | accepts.minimumSlices",
        "accepts/minimumSlices | absent | Missing required creator property 'minimumSlices'",
        "accepts/maximumSlices | 3 | accepts.maximumSlices",
        "accepts/contrast | \"perhaps\" | accepts.contrast",
        "accepts/planes | [\"AXIS\"] | accepts.planes[0]",
        "accepts/admits | [\"ANYTHING\"] | accepts.admits[0]",
        "accepts/admits | [\"NO_PATIENT_GEOMETRY\"] | input.grid must be source",
        "accepts/sliceSpacingMm | {\"minimum\": 5, \"maximum\": 1} | a range's minimum",
        "accepts/sliceSpacingMm | {\"least\": 5} | accepts.sliceSpacingMm.least: Unrecognized",
        "input | null | input is missing",
        "input/tensor | \"\" | input.tensor is missing",
        "input/channels | [] | input.channels must have at least one entry",
        "input/channels | [null] | input.channels must not have null",
        "input/channels/0/name | \"\" | input.channels.name is missing",
        "input/channels/0/series | {\"modalities\": [\"MR\"], \"minimumSlices\": 1} | the first of",
        "input/channels/0/intensity | null | input.channels.intensity is missing",
        "input/channels/0/intensity/kind | \"zscore\" | input.channels[0].intensity",
        "input/channels/0/intensity/deviation | absent | intensity.mean and intensity.deviation",
        "input/channels/0/intensity/deviation | 0 | intensity.deviation must be above zero",
        "input/channels/0/intensity/lower | 6 | intensity.lower must be below",
        "input/channels/1/intensity/upper | 101 | intensity percentiles must be",
        "input/channels/1/intensity/to | [1, -1] | intensity.to must be two rising values",
        "input/channels/1/intensity/to | [1, null] | intensity.to must not have null",
        "input/channels/1/intensity/clip | absent | Missing required creator property 'clip'",
        "input/orientation | \"SPP\" | names each of the three directions",
        "input/orientation | null | input.orientation is missing",
        "input/asAcquired | \"maybe\" | input.asAcquired",
        "input/grid | null | input.grid is missing",
        "input/grid/kind | \"source\" | input.grid.spacing: Unrecognized field \"spacing\"",
        "input/grid/kind | \"nearest\" | known type ids",
        "input/grid/spacing | [1, 1] | input.grid.spacing must be three numbers",
        "input/grid/spacing | [1, 1, -1] | input.grid.spacing must not be negative",
        "input/grid/anchor | \"CENTRE\" | input.grid.anchor",
        "input/outside | null | input.outside is missing",
        "input/outside/value | absent | Missing required creator property 'value'",
        "input/crop/model | \"\" | input.crop.model is missing",
        "input/crop/model | \"full\" | input.crop.model must be another package",
        "input/crop/segments | [0] | input.crop.segments must be segment numbers",
        "input/crop/marginMm | -1 | input.crop.marginMm must not be negative",
        "input/crop/marginMm | absent | Missing required creator property 'marginMm'",
        "input/resampling/interpolation | null | input.resampling.interpolation is missing",
        "input/resampling/interpolation | \"SPLINE\" | input.resampling.interpolation",
        "input/resampling/anisotropy | 1 | input.resampling.anisotropy must be above 1",
        "input/order | \"BOTH\" | input.order",
        "input/dimensions | 4 | input.dimensions must be 2 or 3",
        "input/neighbours | -1 | input.neighbours must not be negative",
        "input/neighbours | 1 | input.neighbours are for networks with input.dimensions 2",
        "windows | null | windows is missing",
        "windows/patch | [8, 8] | windows.patch must be three whole numbers",
        "windows/patch | [8, 8, 0] | windows.patch must be three whole numbers",
        "windows/overlap | 1 | windows.overlap must be 0 to below 1",
        "windows/overlap | absent | Missing required creator property 'overlap'",
        "windows/blending | null | windows.blending is missing",
        "windows/blending | \"CONSTANT\" | windows.sigmaScale is for windows.blending GAUSSIAN",
        "windows/sigmaScale | 0 | windows.sigmaScale must be above zero",
        "windows/padding | absent | Missing required creator property 'padding'",
        "windows/placement | \"TF\" | windows.placement",
        "windows/mirror | [3] | windows.mirror has axes 0, 1, 2",
        "windows/mirror | [1, 1] | windows.mirror has axes 0, 1, 2, each once",
        "windows/mirror | [null] | windows.mirror must not have null",
        "windows/batch | 0 | windows.batch must be at least 1",
        "windows/skipBelow | \"x\" | windows.skipBelow",
        "output | null | output is missing",
        "output/tensor | \"\" | output.tensor is missing",
        "output/activation | \"TANH\" | output.activation",
        "output/activation | \"SOFTMAX\" | output.threshold is for classes that stand alone",
        "output/channels | 2 | labels.segments channel 2 must be below output.channels 2",
        "output/threshold | 1 | output.threshold must lie between 0 and 1",
        "labels | null | labels is missing",
        "labels/name | \"\" | labels.name is missing",
        "labels/segments | [null] | labels.segments must not have null",
        "labels/segments/0/channel | 1 | labels.segments has channel 1 twice",
        "labels/segments/0/channel | -1 | labels.segments.channel must not be negative",
        "labels/segments/0/segment | null | labels.segments.segment is missing",
        "labels/segments/3/segment/number | 1 | label schema 'regions' has segment number 1 twice",
        "labels/segments/0/segment/type | absent | Missing required creator property 'type'",
        "labels/segments/0/segment/label | absent | Missing required creator property 'label'",
        "labels/segments/0/segment/colour | \"red\" | a colour is #rrggbb",
        "labels/segments/0/cleanUp/minimumVolumeMl | -1 | labels.segments.cleanUp.minimumVolume",
        "labels/segments/0/expected/maximumComponents | 0 | labels.segments.expected.maximumComp",
        "labels/rules/0/kind | \"far\" | labels.rules[0]",
        "labels/rules/0/to | 1 | labels.rules near needs two different segments",
        "labels/rules/0/to | 9 | labels.rules speak of segment 9",
        "labels/rules/0/withinMm | -1 | labels.rules withinMm must not be negative",
        "labels/rules/1/midline | 1 | labels.rules sides needs three different segments",
        "labels/rules/2/from | 1 | labels.rules beyond needs two different segments",
        "labels/rules/2/direction | null | labels.rules.direction is missing",
        "networks | [\"a.onnx\", \"a.onnx\"] | networks must differ",
        "networks | [\"../a.onnx\"] | networks must be paths in the package",
        "networks | [null] | networks must not have null",
        "calibration/temperature | 0 | calibration.temperature must be above zero",
        "calibration/acceptableDice | 2 | calibration.acceptableDice must lie between",
        "calibration/expectedCalibrationError | -1 | calibration.expectedCalibrationError must",
        "calibration/cases | 0 | calibration.cases must be at least 1",
        "needs/memoryMiB | 0 | needs.memoryMiB must be at least 1",
        "files/model.onnx | \"abc\" | files.model.onnx",
        "golden/input | \"\" | golden.input is missing",
        "golden/tolerance | 0.1 | golden.tolerance must be above 0",
        "surprise | 1 | Unrecognized field \"surprise\"",
      })
  void aWrongFieldOfAVolumeManifestIsNamed(String path, String value, String message)
      throws IOException {
    assertRefused(FullManifests.volumes(), path, value, message);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "windows/mirror | [0] | windows.mirror must not have axis 0 for input.dimensions 2",
        "windows | {\"kind\": \"sliding\", \"patch\": [2, 8, 8], \"overlap\": 0.5, \"blending\":"
            + " \"CONSTANT\", \"padding\": 0} | windows.patch must be 1 along D",
        "windows/multiple | 0 | windows.multiple must be at least 1",
        "windows/overlap | 0.5 | Unrecognized field \"overlap\"",
        "input/grid | {\"kind\": \"conformed\", \"size\": [8, 8, 8], \"spacing\": [1, 1, 1]}"
            + " | input.asAcquired keeps the axes of the series",
        "input/grid | {\"kind\": \"source\", \"anchor\": \"FIRST_VOXEL\"} | \"anchor\"",
        "input/resampling | {\"interpolation\": \"CUBIC\", \"anisotropy\": 3}"
            + " | input.resampling.anisotropy is for input.grid of the kind spacing",
        "output/channels | 1 | output.channels must be at least 2",
        "output/activation | \"ARGMAX\" | calibration.temperature is of logits",
        "output/activation | \"NONE\" | output without activation has no tensor",
        "labels/segments/0/channel | 0 | channel 0 is the background",
        "labels/segments | [] | labels.segments must name the output's segments",
      })
  void aWrongFieldOfASliceManifestIsNamed(String path, String value, String message)
      throws IOException {
    assertRefused(FullManifests.slices(), path, value, message);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "findings | absent | an output for voxels, or findings, or both",
        "findings/tensor | \"\" | findings.tensor is missing",
        "findings/activation | \"ARGMAX\" | findings.activation",
        "findings/activation | null | findings.activation is missing",
        "findings/across | null | findings.across is missing",
        "findings/classes | [] | findings.classes must name at least one class",
        "findings/classes/0/index | -1 | findings.classes.index must not be negative",
        "findings/classes/0/code | null | findings.classes.code is missing",
        "findings/classes/0/threshold | 1 | findings.classes.threshold must lie between",
        "output/channels | 1 | output without activation has no tensor",
        "output/threshold | 0.5 | output.threshold is for classes that stand alone",
        "calibration | {\"temperature\": 1, \"acceptableDice\": 0.8, \"intercept\": 0,"
            + " \"entropy\": 0, \"disagreement\": 0, \"warning\": 0,"
            + " \"expectedCalibrationError\": 0.1, \"cases\": 3} | calibration is of segments",
        "input/crop/minimum | [1, 2, 900] | input.crop.minimum must lie below",
        "input/crop/space | null | input.crop.space is missing",
        "input/grid | {\"kind\": \"box\", \"space\": \"RAS\", \"minimum\": [0, 0, 0], \"maximum\":"
            + " [9, 9, 9], \"size\": [9, 9, 9]} | input.crop before anything else is of no use",
      })
  void aWrongFieldOfAFindingsManifestIsNamed(String path, String value, String message)
      throws IOException {
    assertRefused(FullManifests.findingsOnly(), path, value, message);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input/grid/size | [8, 8] | input.grid.size must be three whole numbers",
        "input/grid/spacing | [1, 0, 1] | input.grid.spacing must be above zero",
        "input/order | \"INTENSITY_FIRST\" | input.crop above is on the network's grid",
        "input/crop/above | absent | Missing required creator property 'above'",
      })
  void aWrongFieldOfAConformedManifestIsNamed(String path, String value, String message)
      throws IOException {
    assertRefused(FullManifests.conformed(), path, value, message);
  }

  private static void assertRefused(
      ModelManifest manifest, String path, String value, String message) throws IOException {
    JsonNode json = PLAIN.readTree(ManifestJson.write(manifest));
    change(json, path, value);
    byte[] broken = PLAIN.writeValueAsBytes(json);
    Defect defect = assertThrows(Defect.class, () -> ManifestJson.read(broken));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(defect.getMessage().contains(message), defect.getMessage());
  }

  private static void change(JsonNode root, String path, String value) throws IOException {
    int last = path.lastIndexOf('/');
    JsonNode parent = last < 0 ? root : root.at("/" + path.substring(0, last));
    String field = path.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(field), PLAIN.readTree(value));
    } else if (value.equals("absent")) {
      assertTrue(parent.has(field), path);
      ((ObjectNode) parent).remove(field);
    } else {
      ((ObjectNode) parent).set(field, PLAIN.readTree(value));
    }
  }
}

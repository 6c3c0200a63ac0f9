package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models from elsewhere, by the command line, on the network of the package that is shipped. */
class ModelImportCommandTest {
  private static final String LABELS =
      "background,liver,spleen,left kidney,right kidney,lungs,vertebrae";
  private static final Path NETWORK =
      ModelCatalogue.load(List.of(Repository.root().resolve("models/packages")))
          .served()
          .get(0)
          .modelFile();

  @TempDir Path folder;

  @Test
  void anOnnxFileBecomesAPackageThatVerifies() throws IOException {
    CommandLineRun run = onnx("--labels", LABELS);
    assertEquals(0, run.status(), run.out() + run.err());
    assertTrue(run.out().contains("Decided:"), run.out());
    assertTrue(run.out().contains("ok   golden case"), run.out());
    assertTrue(run.out().contains("To be checked by a person:"), run.out());
    assertTrue(run.out().contains("imported phantom-again 1.0.0 to"), run.out());
    ModelPackage written = ModelPackage.load(folder.resolve("packages/phantom-again/1.0.0"));
    assertTrue(PackageVerification.of(written).passed());
    assertTrue(Files.exists(written.folder().resolve("model-card.md")));
    CommandLineRun again = onnx("--labels", LABELS);
    assertEquals(1, again.status());
    assertTrue(again.err().contains("give another --version"), again.err());
  }

  @Test
  void whatIsMissingIsNamedWhereThereIsNoTerminal() {
    CommandLineRun run = onnx();
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("firstpass: --labels is missing"), run.err());
    assertFalse(Files.exists(folder.resolve("packages/phantom-again/1.0.0")));
  }

  @Test
  void whatAManifestRefusesIsToldInItsWords() {
    CommandLineRun run = onnx("--labels", LABELS, "--body-part", "(");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("accepts.bodyPart is not a regular expression"), run.err());
    CommandLineRun half = onnx("--labels", LABELS, "--golden-input", NETWORK.toString());
    assertTrue(half.err().contains("are given together"), half.err());
  }

  @Test
  void nnUnetsPlansBecomeAPackage() throws IOException {
    Path plans = folder.resolve("plans.json");
    Files.writeString(
        plans,
        """
        {"dataset_name": "Dataset001_Phantom", "image_reader_writer": "NibabelIOWithReorient",
         "configurations": {"3d_fullres": {"patch_size": [32, 48, 48], "spacing": [5, 5, 5],
           "normalization_schemes": ["NoNormalization"], "use_mask_for_norm": [false]}}}
        """);
    Path dataset = folder.resolve("dataset.json");
    Files.writeString(
        dataset,
        """
        {"channel_names": {"0": "CT"},
         "labels": {"background": 0, "liver": 1, "spleen": 2, "kidney_left": 3, "kidney_right": 4,
                    "lungs": 5, "vertebrae": 6}}
        """);
    List<String> arguments =
        List.of(
            "model",
            "import",
            "nnunet",
            "--plans",
            plans.toString(),
            "--dataset-json",
            dataset.toString(),
            "--onnx",
            NETWORK.toString(),
            "--mirror",
            "none",
            "--licence",
            "Apache-2.0",
            "--into",
            folder.toString());
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    ModelPackage written = ModelPackage.load(folder.resolve("dataset001-phantom/1.0.0"));
    assertEquals("SAR", written.manifest().input().orientation().code());
    List<String> cascade = new ArrayList<>(arguments);
    cascade.addAll(List.of("--configuration", "3d_cascade_fullres"));
    Files.writeString(
        plans,
        Files.readString(plans)
            .replace(
                "\"configurations\": {",
                "\"configurations\": {\"3d_cascade_fullres\":"
                    + " {\"inherits_from\": \"3d_fullres\", \"previous_stage\": \"3d_lowres\"},"));
    CommandLineRun refused = CommandLineRun.of(cascade);
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("[FP3010]"), refused.err());
    assertTrue(refused.err().contains("previous stage 3d_lowres"), refused.err());
  }

  @Test
  void aBundleWithoutANetworkIsToldHowToExportIt() {
    CommandLineRun run =
        CommandLineRun.of(
            "model", "import", "monai", folder.toString(), "--into", folder.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("monai.bundle onnx_export"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nnunet", "monai", "onnx"})
  void helpShowsAnExample(String kind) {
    CommandLineRun run = CommandLineRun.of("model", "import", kind, "--help");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("firstpass model import " + kind), run.out());
    assertTrue(run.out().contains("--into"), run.out());
  }

  private CommandLineRun onnx(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "model",
                "import",
                "onnx",
                NETWORK.toString(),
                "--name",
                "phantom-again",
                "--licence",
                "Apache-2.0",
                "--title",
                "Organs of phantoms",
                "--modality",
                "CT",
                "--orientation",
                "SPL",
                "--spacing",
                "5,5,5",
                "--intensity",
                "window:-250:350",
                "--patch",
                "48,64,64",
                "--activation",
                "SOFTMAX",
                "--into",
                folder.resolve("packages").toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments);
  }
}

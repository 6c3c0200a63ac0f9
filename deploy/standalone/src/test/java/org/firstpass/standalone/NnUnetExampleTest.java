package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked example of a trainer of one's own, as far as it goes without nnU-Net: what it hands to
 * nnU-Net's programs, for which scripts stand in, and the package that it makes of a network.
 */
@ExtendWith(ReadPatients.One.class)
class NnUnetExampleTest {
  private static final Path SCRIPT = Repository.root().resolve("deploy/examples/nnunet/train.py");

  private static final String PLANS =
      """
      {"dataset_name": "Dataset001_small", "image_reader_writer": "NibabelIOWithReorient",
       "configurations": {"3d_fullres": {"patch_size": [16, 32, 32], "spacing": [12, 9, 9],
         "normalization_schemes": ["NoNormalization"], "use_mask_for_norm": [false]}}}
      """;

  @TempDir Path folder;

  @Test
  void nnUnetIsGivenItsLayoutTheSplitByPatientAndNothingOfTheTestSide(ReadPatients on)
      throws IOException {
    Tool.require("python3");
    Path told = folder.resolve("told");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    program(
        bin.resolve("nnUNetv2_plan_and_preprocess"),
        "echo \"plan $*\" >> " + told,
        "(cd \"$nnUNet_raw\" && find -L . -type f | sort) > " + told + ".raw",
        "mkdir -p \"$nnUNet_preprocessed\"/Dataset001_small",
        "echo '{}' > \"$nnUNet_preprocessed\"/Dataset001_small/nnUNetPlans.json");
    program(
        bin.resolve("nnUNetv2_train"),
        "echo \"train $*\" >> " + told,
        "cp \"$nnUNet_preprocessed\"/Dataset001_small/splits_final.json " + told + ".splits",
        "echo '2026-01-01 10:00:00: Epoch 0 '",
        "echo '2026-01-01 10:00:01: train_loss -0.25'",
        "echo '2026-01-01 10:00:01: Pseudo dice [np.float32(0.5), np.float32(0.75)]'",
        "echo '2026-01-01 10:00:01: Epoch time: 1.0 s'",
        "exit 9");
    String with = "env PATH=" + bin + ":$PATH python3 " + SCRIPT;
    CommandLineRun run =
        on.train("6.0.0", on.hash(), with, "--steps", "300", "--threads", "2", "--device", "cpu");
    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains("nnUNetv2_train ended with status 9"), run::err);
    assertTrue(run.out().contains("Training: 250 of 1250"), run::out);
    assertEquals(
        List.of(
            "plan -d 001 -c 3d_fullres --verify_dataset_integrity -np 2",
            "train 001 3d_fullres 0 -tr nnUNetTrainer_5epochs -device cpu"),
        Files.readAllLines(told));
    List<String> raw = Files.readAllLines(Path.of(told + ".raw"));
    assertTrue(raw.contains("./Dataset001_small/dataset.json"), raw::toString);
    assertTrue(raw.stream().anyMatch(file -> file.endsWith("_0000.nii.gz")), raw::toString);
    assertFalse(raw.stream().anyMatch(file -> file.contains("Ts/")), raw::toString);
    assertEquals(
        Files.readString(on.dataset().resolve("Dataset001_small/splits_final.json")),
        Files.readString(Path.of(told + ".splits")));
  }

  @Test
  void aNetworkBecomesAPackageWithTheSegmentsOfTheBase(ReadPatients on) throws Exception {
    Tool.require("python3");
    ModelPackage base = base();
    ModelPackage made = pack("python3", on, base, base.modelFile(), "");
    assertEquals("trained 7.0.0", made.label());
    assertEquals(base.manifest().labels().schema(), made.manifest().labels().schema());
    assertEquals(base.manifest().accepts(), made.manifest().accepts());
    assertFalse(Files.exists(SCRIPT.resolveSibling("__pycache__")));
  }

  @Test
  void aNetworkOfPyTorchAnswersThereAsItDoesHere(ReadPatients on) throws Exception {
    Optional<String> python = withTorch();
    Assumptions.assumeTrue(python.isPresent(), "no Python here has torch and numpy: skipped");
    Path graph = folder.resolve("fold_0.onnx");
    ModelPackage made =
        pack(
            python.get(),
            on,
            base(),
            graph,
            """
            import torch
            network = torch.nn.Sequential(
                torch.nn.Conv3d(1, 4, 3, padding=1), torch.nn.LeakyReLU(), torch.nn.Conv3d(4, 2, 1))
            train.write_onnx(network.eval(), 1, [16, 32, 32], pathlib.Path(%s))
            """
                .formatted(quoted(graph)));
    // What PyTorch answered came along, and verification holds ONNX Runtime against it.
    assertTrue(Files.exists(folder.resolve("golden_output.npy")));
    assertTrue(made.manifest().goldenCase().isPresent());
  }

  private static Optional<String> withTorch() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      var process =
          new ProcessBuilder(python, "-c", "import torch, numpy")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      try {
        if (process.start().waitFor() == 0) {
          return Optional.of(python);
        }
      } catch (IOException e) {
        // There is no such Python.
      }
    }
    return Optional.empty();
  }

  private ModelPackage base() throws IOException {
    return ModelPackage.load(
        SmallPackage.make(folder, "trained", "1.0.0", "trained", SmallNetwork.threshold(-300))
            .folder());
  }

  /** Runs the last part of the example on a network. */
  private ModelPackage pack(
      String python, ReadPatients on, ModelPackage base, Path graph, String before)
      throws Exception {
    Path plans = Files.writeString(folder.resolve("nnUNetPlans.json"), PLANS);
    Path out = folder.resolve("made");
    String head =
        """
        import os, pathlib, sys
        sys.path.insert(0, os.path.dirname(%s))
        sys.dont_write_bytecode = True
        import train
        """
            .formatted(quoted(SCRIPT));
    String tail =
        """
        args = train.arguments(["--dataset", %1$s, "--base", %2$s, "--out", %3$s,
                                "--name", "trained", "--version", "7.0.0"])
        train.package(pathlib.Path(%4$s), None, pathlib.Path(%5$s), args,
                      pathlib.Path(%1$s) / "Dataset001_small" / "dataset.json", pathlib.Path(%6$s))
        """
            .formatted(
                quoted(on.dataset()),
                quoted(base.folder()),
                quoted(out),
                quoted(graph),
                quoted(plans),
                quoted(folder.resolve("workshop")));
    String firstpass =
        "java -Djava.awt.headless=true -cp %s %s"
            .formatted(System.getProperty("java.class.path"), Firstpass.class.getName());
    Tool.Answer answer =
        Tool.run(List.of("env", "FIRSTPASS=" + firstpass, python, "-c", head + before + tail));
    assertEquals(0, answer.status(), () -> String.join("\n", answer.lines()));
    ModelPackage made = ModelPackage.load(out);
    assertTrue(PackageVerification.of(made).passed());
    return made;
  }

  private static void program(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }
}

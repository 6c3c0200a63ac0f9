package org.firstpass.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.firstpass.inference.GraphInspection;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.WrongAnswer;
import org.firstpass.model.monai.MonaiImport;
import org.firstpass.model.monai.MonaiImport.MonaiFiles;
import org.firstpass.model.nnunet.NnUnetFiles;
import org.firstpass.model.nnunet.NnUnetImport;
import org.firstpass.model.onnx.OnnxImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packages from models that were trained elsewhere. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Make a package of a model that was trained elsewhere: manifest, model card",
      "to fill in, golden case; verified. Says what it decided and why, and what",
      "a person has to check. A step that a package cannot express is refused,",
      "never left out.",
      "",
      "The network must be an ONNX file (float32). From PyTorch: torch.onnx.export",
      "with the axes of batch and space left open (dynamic_axes)."
    },
    subcommands = {
      ModelImportCommand.NnUnet.class,
      ModelImportCommand.Monai.class,
      ModelImportCommand.Onnx.class
    },
    synopsisSubcommandLabel = "(nnunet | monai | onnx)")
final class ModelImportCommand {
  private static ImportedModel asked(Supplier<ImportedModel> reading) {
    try {
      return reading.get();
    } catch (WrongAnswer e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      // What a manifest refuses, in the manifest's own words.
      throw new CommandFailed("this cannot be a package: " + e.getMessage(), e);
    }
  }

  private static Map<Integer, String> expressions(@Nullable Map<Integer, String> given) {
    return given == null ? Map.of() : given;
  }

  /** From nnU-Net v2. */
  @Command(
      name = "nnunet",
      sortOptions = false,
      description = {
        "Import a configuration that nnU-Net v2 trained: its plans, its dataset.json",
        "and one ONNX file per fold. Preprocessing, windows, mirroring and the way",
        "back are nnU-Net's.",
        "",
        "  firstpass model import nnunet --plans nnUNetPlans.json \\",
        "    --dataset-json dataset.json --onnx fold_0.onnx --onnx fold_1.onnx \\",
        "    --name liver-ct --licence Apache-2.0 --into packages",
        "",
        "Export each fold without deep supervision, for instance (PyTorch):",
        "  net.decoder.deep_supervision = False",
        "  torch.onnx.export(net, torch.zeros(1, channels, *patch_size),",
        "    'fold_0.onnx', input_names=['input'], output_names=['output'],",
        "    opset_version=17, dynamic_axes={'input': {0: 'n'}, 'output': {0: 'n'}})",
        ""
      })
  static final class NnUnet implements Callable<Integer> {
    @Option(
        names = "--plans",
        required = true,
        paramLabel = "<json>",
        description = "nnUNetPlans.json")
    Path plans = Path.of("");

    @Option(
        names = "--dataset-json",
        required = true,
        paramLabel = "<json>",
        description = "dataset.json")
    Path dataset = Path.of("");

    @Option(
        names = "--onnx",
        required = true,
        paramLabel = "<onnx>",
        description = "The network of a fold; once per fold.")
    List<Path> graphs = List.of();

    @Option(
        names = "--configuration",
        paramLabel = "<name>",
        description = "3d_fullres (if not said), 3d_lowres, 2d, or another one of the plans.")
    String configuration = "3d_fullres";

    @Option(
        names = "--fingerprint",
        paramLabel = "<json>",
        description = "dataset_fingerprint.json; only old plans without intensities need it.")
    @Nullable Path fingerprint;

    @Option(
        names = "--mirror",
        paramLabel = "<axes>",
        description =
            "inference_allowed_mirroring_axes of the checkpoint, for instance 0,1,2, or none;"
                + " all axes if not said, as nnUNetTrainer does.")
    @Nullable String mirror;

    @Option(
        names = "--channel-series",
        paramLabel = "<channel>=<expression>",
        description = "Which Series Description a channel has; once per channel.")
    @Nullable Map<Integer, String> channelSeries;

    @Mixin ModelImportOptions options = new ModelImportOptions();

    @Override
    public Integer call() {
      ModelImportOptions.existing(plans);
      ModelImportOptions.existing(dataset);
      graphs.forEach(ModelImportOptions::existing);
      var files =
          new NnUnetFiles(
              plans, dataset, fingerprint, configuration, graphs, expressions(channelSeries));
      GraphTensors graph = GraphInspection.tensors(graphs.get(0));
      Map<Question, @Nullable String> more = new TreeMap<>();
      more.put(Question.MIRROR, mirror);
      return options.write(asked(() -> NnUnetImport.read(files, graph, options.answers(more))));
    }
  }

  /** From a MONAI bundle. */
  @Command(
      name = "monai",
      sortOptions = false,
      description = {
        "Import a MONAI bundle: configs/metadata.json, configs/inference.json or",
        ".yaml, and its network as ONNX.",
        "",
        "  firstpass model import monai spleen_ct_segmentation \\",
        "    --licence Apache-2.0 --into packages",
        "",
        "Export the network, if the bundle has none as ONNX:",
        "  python -m monai.bundle onnx_export network_def \\",
        "    --filepath models/model.onnx --ckpt_file models/model.pt \\",
        "    --meta_file configs/metadata.json --config_file configs/inference.json",
        ""
      })
  static final class Monai implements Callable<Integer> {
    @Parameters(paramLabel = "<bundle folder>", description = "The folder that has configs/ in it.")
    Path bundle = Path.of("");

    @Option(
        names = "--onnx",
        paramLabel = "<onnx>",
        description = "The network; models/model.onnx of the bundle if not said.")
    @Nullable Path graph;

    @Option(
        names = "--labels",
        paramLabel = "<names>",
        description = "Names of the output's channels, if metadata.json has no channel_def.")
    @Nullable String labels;

    @Option(
        names = "--channel-series",
        paramLabel = "<channel>=<expression>",
        description = "Which Series Description a channel has; once per channel.")
    @Nullable Map<Integer, String> channelSeries;

    @Mixin ModelImportOptions options = new ModelImportOptions();

    @Override
    public Integer call() {
      Path network = graph == null ? bundle.resolve("models/model.onnx") : graph;
      if (!Files.exists(network)) {
        throw new CommandFailed(
            "there is no "
                + network
                + "; export the network with 'python -m monai.bundle onnx_export' and say --onnx");
      }
      var files = new MonaiFiles(bundle, network, expressions(channelSeries));
      Map<Question, @Nullable String> more = new TreeMap<>();
      more.put(Question.LABELS, labels);
      GraphTensors tensors = GraphInspection.tensors(network);
      return options.write(asked(() -> MonaiImport.read(files, tensors, options.answers(more))));
    }
  }

  /** From an ONNX file alone. */
  @Command(
      name = "onnx",
      sortOptions = false,
      description = {
        "Import any ONNX file of one input channel. What the file does not tell is",
        "asked on the terminal, or said by options; without a terminal a missing one",
        "is an error that names it.",
        "",
        "  firstpass model import onnx liver.onnx --name liver --licence MIT \\",
        "    --title 'Liver on CT' --modality CT --orientation SPL \\",
        "    --spacing 1.5,1.5,1.5 --intensity window:-160:240 --patch 96,96,96 \\",
        "    --activation SOFTMAX --labels background,liver --into packages",
        ""
      })
  static final class Onnx implements Callable<Integer> {
    @Parameters(paramLabel = "<file>", description = "The network.")
    Path file = Path.of("");

    @Option(
        names = "--spacing",
        paramLabel = "<mm>",
        description = "Along D, H, W, for instance 1.5,1.5,1.5, or 'source'.")
    @Nullable String spacing;

    @Option(
        names = "--intensity",
        paramLabel = "<rule>",
        description =
            "raw, window:<lower>:<upper>, percentiles:<lower>:<upper>, z-score or"
                + " z-score:<mean>:<deviation>[:<lower>:<upper>].")
    @Nullable String intensity;

    @Option(
        names = "--patch",
        paramLabel = "<voxels>",
        description = "Window along D, H, W; or 'whole', or 'whole:16' to pad to multiples of 16.")
    @Nullable String patch;

    @Option(
        names = "--overlap",
        paramLabel = "<share>",
        description = "Share of a window that the next one covers; 0.5 if not said.")
    @Nullable String overlap;

    @Option(
        names = "--activation",
        paramLabel = "<word>",
        description = "SOFTMAX, SIGMOID, REGIONS, FRACTION or ARGMAX.")
    @Nullable String activation;

    @Option(
        names = "--labels",
        paramLabel = "<names>",
        description = "Names of the output's channels in order, background included.")
    @Nullable String labels;

    @Mixin ModelImportOptions options = new ModelImportOptions();

    @Override
    public Integer call() {
      GraphTensors graph = GraphInspection.tensors(ModelImportOptions.existing(file));
      Map<Question, @Nullable String> more = new TreeMap<>();
      more.put(Question.SPACING, spacing);
      more.put(Question.INTENSITY, intensity);
      more.put(Question.PATCH, patch);
      more.put(Question.OVERLAP, overlap);
      more.put(Question.ACTIVATION, activation);
      more.put(Question.LABELS, labels);
      return options.write(asked(() -> OnnxImport.read(file, graph, options.answers(more))));
    }
  }
}

package org.firstpass.model.nnunet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.CropSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.ChannelSeries;
import org.firstpass.model.importing.DraftFacts;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.Unsupported;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that nnU-Net v2 trained, as a draft of a package: transpose, crop to what is not
 * 0, normalise, resample, slide, mirror, average the folds, resample back, choose.
 *
 * @see <a href="https://github.com/MIC-DKFZ/nnUNet">nnU-Net v2, default_preprocessor.py and
 *     predict_from_raw_data.py</a>
 */
public final class NnUnetImport {
  private static final double STEP_OVERLAP = 0.5;
  private static final int VOLUME = 3;

  private final NnUnetFiles files;
  private final GraphTensors graph;
  private final Answers answers;
  private final ImportNotes notes = new ImportNotes();
  private final Plans plans;
  private final DatasetFile dataset;
  private final ModelJson configuration;
  private final List<Integer> patch;

  private NnUnetImport(NnUnetFiles files, GraphTensors graph, Answers answers) {
    this.files = files;
    this.graph = graph;
    this.answers = answers;
    this.plans = new Plans(files.plans());
    this.dataset = new DatasetFile(files.dataset());
    this.configuration = plans.configuration(files.configuration());
    this.patch = configuration.wholeNumbers("patch_size");
  }

  /**
   * Reads plans and data set.
   *
   * @param graph the tensors of the first fold; the others must be alike, which sealing checks
   * @throws org.firstpass.failure.Defect IMPORT_UNSUPPORTED naming the step that a manifest cannot
   *     say
   * @throws org.firstpass.model.importing.WrongAnswer if something is missing that no file tells
   */
  public static ImportedModel read(NnUnetFiles files, GraphTensors graph, Answers answers) {
    return new NnUnetImport(files, graph, answers).imported();
  }

  private ImportedModel imported() {
    requireSingleStage();
    requireTensors();
    var facts = new DraftFacts(answers, notes);
    String name = facts.name(plans.datasetName());
    List<String> channels = dataset.channels();
    Applicability accepts = facts.accepts(channels.get(0));
    var series = new ChannelSeries(files.channelSeries(), notes);
    var draft =
        new ModelManifest(
            ModelManifest.FORMAT,
            name,
            facts.version(null),
            facts.about(
                plans.datasetName() + ", " + files.configuration(),
                null,
                null,
                "nnU-Net v2, " + plans.plansName() + ", " + files.configuration()),
            channels.size() == 1 ? accepts : series.first(accepts, channels.get(0)),
            input(channels, accepts, series),
            windows(),
            output(),
            dataset.labels(name, notes),
            null,
            ImportedModel.networkFiles(files.graphs()),
            null,
            null,
            Map.of(),
            null);
    if (files.graphs().size() > 1) {
      notes.decided(
          "networks", files.graphs().size() + " folds, whose logits are averaged as nnU-Net does");
    }
    notes.check(
        "post-processing: if nnUNetv2_find_best_configuration wrote a postprocessing.pkl that keeps"
            + " the largest component, set cleanUp.largestComponent of those segments");
    return new ImportedModel(draft, files.graphs(), notes);
  }

  private void requireSingleStage() {
    if (configuration.has("previous_stage")) {
      throw Unsupported.because(
          "configuration " + files.configuration(),
          "the segmentation of its previous stage "
              + configuration.node().path("previous_stage").asText()
              + " would have to be an input of the network, which packages cannot give; import"
              + " 3d_fullres or 3d_lowres");
    }
    String preprocessor =
        configuration.has("preprocessor_name")
            ? configuration.text("preprocessor_name")
            : "DefaultPreprocessor";
    if (!preprocessor.equals("DefaultPreprocessor")) {
      throw Unsupported.because(
          "preprocessor_name " + preprocessor, "only DefaultPreprocessor is known");
    }
    if (patch.size() != VOLUME && patch.size() != VOLUME - 1) {
      throw Unsupported.malformed(configuration.toString(), "patch_size is " + patch);
    }
  }

  private boolean seesSlices() {
    return patch.size() < VOLUME;
  }

  private void requireTensors() {
    GraphTensors.Tensor in = graph.onlyInput();
    GraphTensors.Tensor out = graph.onlyOutput();
    if (in.spaceAxes() != patch.size()) {
      throw Unsupported.because(
          "configuration " + files.configuration(),
          "its patch_size " + patch + " does not fit the graph's input " + in);
    }
    requireLength("channels of dataset.json", dataset.channels().size(), in);
    requireLength(
        dataset.hasRegions() ? "regions of dataset.json" : "labels of dataset.json",
        dataset.outputs(),
        out);
  }

  private static void requireLength(String what, int length, GraphTensors.Tensor tensor) {
    long stated = tensor.axes().get(1);
    if (stated != GraphTensors.OPEN && stated != length) {
      throw Unsupported.because(
          what, "are " + length + ", but the graph has " + tensor + "; is it of this data set?");
    }
  }

  private InputSpec input(List<String> names, Applicability accepts, ChannelSeries series) {
    Optional<ModelJson> fingerprint = Optional.ofNullable(files.fingerprint()).map(ModelJson::read);
    var intensity = new PlannedIntensity(plans, configuration, notes);
    List<ChannelSpec> channels = new ArrayList<>();
    for (int channel = 0; channel < names.size(); channel++) {
      String name = names.get(channel);
      channels.add(
          new ChannelSpec(
              name,
              intensity.of(channel, name, fingerprint),
              channel == 0 ? null : series.other(accepts, channel, name)));
    }
    var grid = new PlannedGrid(configuration, notes);
    Optional<String> stored = storedOrientation();
    String orientation = Plans.transposed(stored.orElse("SPL"), plans.transpose());
    notes.decided("input.orientation " + orientation, "transpose_forward " + plans.transpose());
    notes.decided("input.crop non-zero", "nnU-Net cuts to what is not 0 in any channel");
    notes.decided("input.order INTENSITY_FIRST", "nnU-Net normalises before it resamples");
    return new InputSpec(
        graph.onlyInput().name(),
        channels,
        new Orientation(orientation),
        stored.isPresent() ? null : true,
        grid.grid(seesSlices()),
        new OutsideSpec.Edge(),
        new CropSpec.NonZero(),
        grid.resampling(),
        InputSpec.Order.INTENSITY_FIRST,
        seesSlices() ? 2 : null,
        null);
  }

  /** How the images were stored, as nnU-Net read them: slices, rows, columns. */
  private Optional<String> storedOrientation() {
    Optional<String> said = answers.option(Question.ORIENTATION);
    if (said.isPresent()) {
      notes.decided("axes to " + said.get(), "--orientation says how training images were stored");
      return said;
    }
    String reader = plans.reader();
    switch (reader) {
      case "NibabelIOWithReorient", "SimpleITKIOWithReorient" -> {
        notes.decided("axes to SAR", reader + " turns images to RAS; arrays are slices first");
        return Optional.of("SAR");
      }
      case "SimpleITKIO", "NibabelIO" -> {
        notes.decided("axes as acquired", reader + " does not look at directions");
        notes.check(
            "how the training images were stored: nnU-Net takes arrays as they lie in the file."
                + " Series come as DICOM has them (axial: SPL); NIfTI files that dcm2niix made of"
                + " axial series lie as SAL, canonical ones as SAR. If they lay otherwise than"
                + " the series here, say --orientation, or left and right may be exchanged");
        return Optional.empty();
      }
      default ->
          throw Unsupported.because(
              "image_reader_writer " + reader, "it reads no volumes in patient space");
    }
  }

  private WindowSpec windows() {
    List<Integer> window = new ArrayList<>(patch);
    if (seesSlices()) {
      window.add(0, 1);
    }
    notes.decided(
        "windows " + window, "patch_size of the plans; nnU-Net's placement, half a window apart");
    return new WindowSpec.Sliding(
        window,
        STEP_OVERLAP,
        WindowSpec.Blending.GAUSSIAN,
        null,
        0,
        WindowSpec.Placement.NNUNET,
        mirror(),
        batch(),
        null);
  }

  private List<Integer> mirror() {
    int offset = VOLUME - patch.size();
    Optional<String> said = answers.option(Question.MIRROR);
    if (said.isPresent()) {
      notes.decided("windows.mirror", "--mirror " + said.get());
      return said.get().equals("none")
          ? List.of()
          : Answers.list(said.get()).stream()
              .map(axis -> Answers.wholeNumber(Question.MIRROR, axis) + offset)
              .toList();
    }
    notes.decided("windows.mirror over all axes", "nnUNetTrainer's default");
    notes.check(
        "mirroring: a trainer without mirroring needs --mirror none"
            + (dataset.hasSides() ? "; the labels have sides, so it probably was one" : ""));
    return IntStream.range(offset, VOLUME).boxed().toList();
  }

  /** Only a graph that leaves its first axis open takes several windows at once. */
  private @Nullable Integer batch() {
    if (graph.onlyInput().axes().get(0) != GraphTensors.OPEN || !configuration.has("batch_size")) {
      return null;
    }
    int batch = (int) configuration.number("batch_size");
    notes.decided("windows.batch " + batch, "batch_size of the plans; the graph leaves it open");
    return batch;
  }

  private OutputSpec output() {
    return new OutputSpec(graph.onlyOutput().name(), dataset.activation(), dataset.outputs(), null);
  }
}

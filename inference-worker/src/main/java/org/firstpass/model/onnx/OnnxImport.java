package org.firstpass.model.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.DraftFacts;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.SegmentNaming;
import org.firstpass.model.importing.Unsupported;
import org.firstpass.model.importing.WrongAnswer;

/**
 * One ONNX graph of one input channel as a draft of a package: names, axes and channels from the
 * graph, the rest from a person.
 */
public final class OnnxImport {
  private static final int AXES = 3;

  private final Path file;
  private final Answers answers;
  private final ImportNotes notes = new ImportNotes();
  private final Tensor input;
  private final Tensor output;

  private OnnxImport(Path file, GraphTensors graph, Answers answers) {
    this.file = file;
    this.answers = answers;
    this.input = graph.onlyInput();
    this.output = graph.onlyOutput();
  }

  /**
   * Asks for what the graph does not say.
   *
   * @throws org.firstpass.failure.Defect IMPORT_UNSUPPORTED if the graph is not one of images
   * @throws WrongAnswer naming the option that is missing or wrong
   */
  public static ImportedModel read(Path file, GraphTensors graph, Answers answers) {
    return new OnnxImport(file, graph, answers).imported();
  }

  private ImportedModel imported() {
    requireImage();
    var facts = new DraftFacts(answers, notes);
    String name = facts.name(String.valueOf(file.getFileName()).replaceAll("\\.onnx$", ""));
    Applicability accepts = facts.accepts(null);
    InputSpec inputSpec = inputSpec(accepts.modalities().get(0));
    WindowSpec windows = windows();
    List<String> names = Answers.list(answers.answer(Question.LABELS, Optional.empty()));
    OutputSpec outputSpec = output(names);
    var draft =
        new ModelManifest(
            ModelManifest.FORMAT,
            name,
            facts.version(null),
            facts.about(null, null, null, String.valueOf(file.getFileName())),
            accepts,
            inputSpec,
            windows,
            outputSpec,
            labels(name, names, outputSpec.activation()),
            Map.of(),
            null);
    notes.check("the axes: a wrong --orientation exchanges sides and ruins the answer");
    return new ImportedModel(draft, List.of(file), notes);
  }

  private void requireImage() {
    if (!input.element().equals("FLOAT32") || input.spaceAxes() < 2 || input.spaceAxes() > AXES) {
      throw Unsupported.because(
          "the graph's input " + input,
          "must be FLOAT32 of the axes item, channel, D, H, W, or item, channel, H, W");
    }
    if (input.axes().get(1) != 1 && input.axes().get(1) != GraphTensors.OPEN) {
      throw Unsupported.because(
          "the graph's input " + input,
          "has several channels; write the manifest by hand, see models/packages/README.md");
    }
    notes.decided("input.tensor and axes " + input, "as the graph states them");
    notes.decided("output.tensor and axes " + output, "as the graph states them");
  }

  private boolean seesSlices() {
    return input.spaceAxes() == 2;
  }

  private InputSpec inputSpec(String modality) {
    String letters = answers.answer(Question.ORIENTATION, Optional.empty());
    return new InputSpec(
        input.name(),
        List.of(new ChannelSpec(modality, intensity())),
        orientation(letters),
        null,
        grid(),
        new OutsideSpec.Edge(),
        null,
        null,
        null,
        seesSlices() ? 2 : null,
        null);
  }

  private static Orientation orientation(String letters) {
    try {
      return new Orientation(letters.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new WrongAnswer(Question.ORIENTATION, "is wrong: " + e.getMessage());
    }
  }

  private GridSpec grid() {
    String said = answers.answer(Question.SPACING, Optional.empty()).strip();
    if (said.equalsIgnoreCase("source")) {
      return new GridSpec.Source();
    }
    List<Double> spacing =
        Answers.list(said).stream().map(each -> Answers.number(Question.SPACING, each)).toList();
    if (spacing.size() != AXES || spacing.stream().anyMatch(each -> each < 0)) {
      throw new WrongAnswer(Question.SPACING, "must be three numbers, but is '" + said + "'");
    }
    return new GridSpec.Spaced(spacing);
  }

  private IntensitySpec intensity() {
    String said = answers.answer(Question.INTENSITY, Optional.empty()).strip();
    List<String> parts = List.of(said.split(":"));
    List<Double> numbers =
        parts.stream().skip(1).map(each -> Answers.number(Question.INTENSITY, each)).toList();
    try {
      return switch (parts.get(0) + numbers.size()) {
        case "raw0" -> new IntensitySpec.Raw();
        case "window2" -> new IntensitySpec.Window(numbers.get(0), numbers.get(1));
        case "percentiles2" -> new IntensitySpec.Percentiles(numbers.get(0), numbers.get(1), true);
        case "z-score0" -> new IntensitySpec.ZScore(null, null, null, null);
        case "z-score2" -> new IntensitySpec.ZScore(numbers.get(0), numbers.get(1), null, null);
        case "z-score4" ->
            new IntensitySpec.ZScore(
                numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        default -> throw new WrongAnswer(Question.INTENSITY, "is not known: '" + said + "'");
      };
    } catch (IllegalArgumentException e) {
      throw new WrongAnswer(Question.INTENSITY, "is wrong: " + e.getMessage());
    }
  }

  /** A graph of a fixed size is given windows of that size. */
  private WindowSpec windows() {
    List<Long> space = input.axes().subList(2, input.axes().size());
    Optional<String> fixed =
        space.contains(GraphTensors.OPEN)
            ? Optional.empty()
            : Optional.of(
                (seesSlices() ? "1," : "")
                    + String.join(",", space.stream().map(String::valueOf).toList()));
    fixed.ifPresent(size -> notes.decided("windows.patch " + size, "the graph takes no other"));
    String said = answers.known(Question.PATCH, fixed).strip();
    if (said.startsWith("whole")) {
      String multiple = said.substring("whole".length()).replace(":", "");
      return new WindowSpec.Whole(
          multiple.isEmpty() ? 1 : Answers.wholeNumber(Question.PATCH, multiple), 0);
    }
    List<Integer> patch = new ArrayList<>();
    Answers.list(said).forEach(each -> patch.add(Answers.wholeNumber(Question.PATCH, each)));
    if (seesSlices() && patch.size() == 2) {
      patch.add(0, 1);
    }
    if (patch.size() != AXES || patch.stream().anyMatch(each -> each < 1)) {
      throw new WrongAnswer(Question.PATCH, "must be three whole numbers, but is '" + said + "'");
    }
    double overlap =
        Answers.number(Question.OVERLAP, answers.answer(Question.OVERLAP, Optional.empty()));
    if (!(overlap >= 0 && overlap < 1)) {
      throw new WrongAnswer(Question.OVERLAP, "must be 0 to below 1, but is " + overlap);
    }
    notes.decided("windows.blending GAUSSIAN", "the usual one");
    return new WindowSpec.Sliding(patch, overlap, WindowSpec.Blending.GAUSSIAN, null, 0);
  }

  private OutputSpec output(List<String> names) {
    Activation activation =
        Answers.word(
            Question.ACTIVATION,
            Activation.class,
            answers.answer(Question.ACTIVATION, activationOfGraph()));
    if (activation == Activation.NONE) {
      throw new WrongAnswer(Question.ACTIVATION, "must be one for voxels, but is NONE");
    }
    long stated = output.axes().size() > 1 ? output.axes().get(1) : GraphTensors.OPEN;
    boolean counts = stated != GraphTensors.OPEN && activation != Activation.ARGMAX;
    if (counts && stated != names.size()) {
      throw new WrongAnswer(
          Question.LABELS,
          "must name " + stated + " channels of " + output + ", but names " + names);
    }
    return new OutputSpec(output.name(), activation, names.size(), null);
  }

  private Optional<String> activationOfGraph() {
    return output.element().equals("INT64") ? Optional.of("ARGMAX") : Optional.empty();
  }

  private LabelSpec labels(String schema, List<String> names, Activation activation) {
    var naming = new SegmentNaming(notes);
    List<LabelledChannel> segments = new ArrayList<>();
    for (int channel = 0; channel < names.size(); channel++) {
      boolean background = isBackground(names.get(channel), channel, activation);
      if (!background) {
        int number = activation.standsAlone() ? segments.size() + 1 : channel;
        segments.add(
            new LabelledChannel(channel, naming.segment(number, names.get(channel)), null));
      }
    }
    if (segments.isEmpty()) {
      throw new WrongAnswer(Question.LABELS, "names no segment: " + names);
    }
    return new LabelSpec(schema, 1, segments);
  }

  private static boolean isBackground(String name, int channel, Activation activation) {
    if (name.equalsIgnoreCase("background")) {
      return true;
    }
    if (channel == 0 && !activation.standsAlone()) {
      throw new WrongAnswer(
          Question.LABELS,
          "must begin with background, because the classes exclude each other, but begins with '"
              + name
              + "'");
    }
    return false;
  }
}

package org.firstpass.model.monai;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.ChannelSeries;
import org.firstpass.model.importing.DraftFacts;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.SegmentNaming;
import org.firstpass.model.importing.Unsupported;
import org.jspecify.annotations.Nullable;

/**
 * A MONAI bundle as a draft of a package: its transforms, its inferer, its labels.
 *
 * @see <a href="https://docs.monai.io/en/stable/mb_specification.html">MONAI bundle
 *     specification</a>
 */
public final class MonaiImport {
  private final MonaiFiles files;
  private final GraphTensors graph;
  private final Answers answers;
  private final ImportNotes notes = new ImportNotes();
  private final BundleMetadata metadata;
  private final BundleConfig config;
  private final PreparationSteps preparation;
  private final InfererStep inferer;

  /**
   * What a bundle is made of.
   *
   * @param bundle the folder with {@code configs}
   * @param graph its network, exported to ONNX
   * @param channelSeries expressions for Series Description by channel index
   */
  public record MonaiFiles(Path bundle, Path graph, Map<Integer, String> channelSeries) {
    public MonaiFiles {
      channelSeries = Map.copyOf(channelSeries);
    }
  }

  private MonaiImport(MonaiFiles files, GraphTensors graph, Answers answers) {
    this.files = files;
    this.graph = graph;
    this.answers = answers;
    this.metadata = new BundleMetadata(files.bundle());
    this.config = BundleConfig.ofInference(files.bundle());
    this.preparation =
        PreparationSteps.of(config.steps("preprocessing"), metadata.inputChannels() > 1, notes);
    BundleStep step =
        config
            .part("inferer")
            .map(node -> new BundleStep(config, node))
            .orElseThrow(() -> Unsupported.malformed("the configuration", "has no inferer"));
    this.inferer = new InfererStep(step, preparation, graph.onlyInput(), notes);
  }

  /**
   * Reads a bundle.
   *
   * @throws org.firstpass.failure.Defect IMPORT_UNSUPPORTED naming the transform that a manifest
   *     cannot express
   * @throws org.firstpass.model.importing.WrongAnswer if something is missing that no file tells
   */
  public static ImportedModel read(MonaiFiles files, GraphTensors graph, Answers answers) {
    return new MonaiImport(files, graph, answers).imported();
  }

  private ImportedModel imported() {
    requireChannels();
    Map<Integer, String> classes = classes();
    Set<Integer> segments =
        classes.entrySet().stream()
            .filter(each -> !each.getValue().equalsIgnoreCase("background"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    AnswerSteps answer =
        AnswerSteps.of(
            config.steps("postprocessing"), preparation, segments, metadata.outputKey(), notes);
    var facts = new DraftFacts(answers, notes);
    String name = facts.name(orElse(metadata.text("name"), folderName()));
    Applicability accepts = facts.accepts(metadata.modality());
    List<String> channels = channelNames();
    var series = new ChannelSeries(files.channelSeries(), notes);
    WindowSpec windows = inferer.windows();
    var draft =
        new ModelManifest(
            ModelManifest.FORMAT,
            name,
            facts.version(metadata.text("version")),
            facts.about(
                orElse(metadata.text("name"), metadata.text("task")),
                metadata.text("license"),
                metadata.text("intended_use"),
                "MONAI bundle " + folderName() + source()),
            channels.size() == 1 ? accepts : series.first(accepts, channels.get(0)),
            input(channels, accepts, series),
            windows,
            output(answer),
            labels(name, classes, segments, answer),
            null,
            List.of(),
            null,
            null,
            Map.of(),
            null);
    return new ImportedModel(draft, List.of(files.graph()), notes);
  }

  private String folderName() {
    return String.valueOf(files.bundle().toAbsolutePath().normalize().getFileName());
  }

  private String source() {
    String version = metadata.text("version");
    return version == null ? "" : " " + version;
  }

  private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  private void requireChannels() {
    long stated = graph.onlyInput().axes().get(1);
    if (stated != GraphTensors.OPEN && stated != metadata.inputChannels()) {
      throw Unsupported.because(
          "num_channels " + metadata.inputChannels(),
          "the graph's input is " + graph.onlyInput() + "; is it of this bundle?");
    }
  }

  /** Of the bundle, or of a person; a channel without a name is background if it is the first. */
  private Map<Integer, String> classes() {
    Map<Integer, String> names = new TreeMap<>(metadata.outputNames());
    if (names.isEmpty() || answers.option(Question.LABELS).isPresent()) {
      List<String> said = Answers.list(answers.answer(Question.LABELS, Optional.empty()));
      names.clear();
      for (int channel = 0; channel < said.size(); channel++) {
        names.put(channel, said.get(channel));
      }
    }
    long outputs = outputChannels();
    if (names.keySet().stream().anyMatch(channel -> channel >= outputs)) {
      throw Unsupported.because(
          "channel_def " + names, "the graph's output is " + graph.onlyOutput());
    }
    return names;
  }

  private int outputChannels() {
    long stated = graph.onlyOutput().axes().get(1);
    return stated == GraphTensors.OPEN
        ? metadata.outputNames().keySet().stream().mapToInt(index -> index + 1).max().orElse(1)
        : Math.toIntExact(stated);
  }

  private List<String> channelNames() {
    List<String> names = new ArrayList<>();
    for (int channel = 0; channel < metadata.inputChannels(); channel++) {
      String modality = orElse(metadata.modality(), "image");
      names.add(metadata.inputNames().getOrDefault(channel, String.valueOf(modality)));
    }
    return names;
  }

  private InputSpec input(List<String> names, Applicability accepts, ChannelSeries series) {
    List<ChannelSpec> channels = new ArrayList<>();
    for (int channel = 0; channel < names.size(); channel++) {
      String name = names.get(channel);
      channels.add(
          new ChannelSpec(
              name,
              preparation.intensity(),
              channel == 0 ? null : series.other(accepts, channel, name)));
    }
    Optional<String> letters = answers.option(Question.ORIENTATION).or(preparation::orientation);
    boolean interpolates = preparation.spacing().isPresent();
    return new InputSpec(
        graph.onlyInput().name(),
        channels,
        orientation(letters),
        letters.isPresent() ? null : true,
        preparation.grid(inferer.axes()),
        new OutsideSpec.Edge(),
        preparation.crop().orElse(null),
        interpolates ? preparation.resampling() : null,
        preparation.intensityFirst() ? InputSpec.Order.INTENSITY_FIRST : null,
        inferer.seesSlices() ? 2 : null,
        null);
  }

  /** Arrays are columns, rows, slices, until Orientation says otherwise. */
  private Orientation orientation(Optional<String> letters) {
    if (letters.isEmpty()) {
      notes.decided(
          "axes as acquired", "there is no Orientation; MONAI's arrays are columns first");
      notes.check(
          "how the training images were stored: the bundle takes arrays as they lie in the file."
              + " If they lay otherwise than the series here, say --orientation, or left and right"
              + " may be exchanged");
    }
    String bundle = letters.orElse("LPS");
    var code = new StringBuilder();
    inferer.axes().forEach(axis -> code.append(bundle.charAt(axis)));
    return new Orientation(code.toString());
  }

  private OutputSpec output(AnswerSteps answer) {
    return new OutputSpec(
        graph.onlyOutput().name(), answer.activation(), outputChannels(), answer.threshold());
  }

  private LabelSpec labels(
      String schema, Map<Integer, String> classes, Set<Integer> segments, AnswerSteps answer) {
    var naming = new SegmentNaming(notes);
    // Numbers are label values: those of the channels, from 1 where there is no background.
    int shift = answer.activation() != Activation.SOFTMAX && segments.contains(0) ? 1 : 0;
    List<LabelledChannel> labelled = new ArrayList<>();
    for (int channel : new TreeSet<>(segments)) {
      if (answer.keeps(channel)) {
        labelled.add(
            new LabelledChannel(
                channel,
                naming.segment(channel + shift, String.valueOf(classes.get(channel))),
                answer.cleanUp(channel)));
      }
    }
    if (answer.activation().standsAlone()) {
      notes.check(
          "where several classes say yes a voxel goes to the surest: label maps do not overlap");
    }
    return new LabelSpec(schema, 1, labelled);
  }
}

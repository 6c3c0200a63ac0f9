package org.firstpass.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.GridSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;
import org.firstpass.model.importing.Question;
import org.firstpass.model.importing.WrongAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an ONNX file does not tell is asked for, by option or on the terminal. */
final class OnnxImportTest {
  private final Map<Question, String> options = new EnumMap<>(Question.class);
  private List<Long> in = List.of(-1L, 1L, -1L, -1L, -1L);
  private List<Long> out = List.of(-1L, 3L, -1L, -1L, -1L);

  OnnxImportTest() {
    options.put(Question.LICENCE, "MIT");
    options.put(Question.TITLE, "Organs");
    options.put(Question.MODALITY, "CT");
    options.put(Question.ORIENTATION, "SPL");
    options.put(Question.SPACING, "2.5, 1,1");
    options.put(Question.INTENSITY, "window:-160:240");
    options.put(Question.PATCH, "32,96,96");
    options.put(Question.ACTIVATION, "softmax");
    options.put(Question.LABELS, "background, liver, spleen");
  }

  @Test
  void graphAndOptionsMakeAManifest() {
    ModelManifest manifest = read(Answers.of(options));
    assertEquals("abdomen-net", manifest.name());
    assertEquals("1.0.0", manifest.version());
    assertEquals(new GridSpec.Spaced(List.of(2.5, 1.0, 1.0)), manifest.input().grid());
    assertEquals(new Orientation("SPL"), manifest.input().orientation());
    assertEquals(
        new IntensitySpec.Window(-160, 240), manifest.input().channels().get(0).intensity());
    assertEquals(
        new WindowSpec.Sliding(List.of(32, 96, 96), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0),
        manifest.windows());
    assertEquals(Activation.SOFTMAX, manifest.output().activation());
    assertEquals(
        List.of(1, 2),
        manifest.labels().segments().stream().map(LabelledChannel::channel).toList());
  }

  @ParameterizedTest
  @EnumSource(
      value = Question.class,
      names = {
        "LICENCE",
        "TITLE",
        "MODALITY",
        "ORIENTATION",
        "SPACING",
        "INTENSITY",
        "PATCH",
        "ACTIVATION",
        "LABELS"
      })
  void withoutATerminalWhatIsMissingIsNamed(Question question) {
    options.remove(question);
    WrongAnswer missing = assertThrows(WrongAnswer.class, () -> read(Answers.of(options)));
    assertEquals(question, missing.question());
    assertTrue(missing.getMessage().startsWith(question.option() + " is missing"));
  }

  @Test
  void onATerminalWhatIsMissingIsAsked() {
    options.remove(Question.LABELS);
    options.remove(Question.ACTIVATION);
    var answers =
        new Answers(
            options,
            (question, otherwise) ->
                switch (question) {
                  case LABELS -> Optional.of("background,lung,heart");
                  case ACTIVATION -> Optional.of("SOFTMAX");
                  case OVERLAP -> Optional.of("0.25");
                  default -> Optional.empty();
                });
    ModelManifest manifest = read(answers);
    assertEquals("Lung", manifest.labels().segments().get(0).segment().label());
    assertEquals(0.25, ((WindowSpec.Sliding) manifest.windows()).overlap());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORIENTATION | SPP | --orientation is wrong",
        "SPACING | 1,1 | --spacing must be three numbers",
        "SPACING | a,b,c | --spacing must be a number",
        "INTENSITY | window:5 | --intensity is not known",
        "INTENSITY | window:5:1 | --intensity is wrong",
        "PATCH | 0,1,1 | --patch must be three whole numbers",
        "PATCH | big | --patch must be a whole number",
        "OVERLAP | 1.5 | --overlap must be 0 to below 1",
        "ACTIVATION | TANH | --activation must be one of",
        "ACTIVATION | NONE | --activation must be one for voxels",
        "LABELS | background,liver | --labels must name 3 channels",
        "LABELS | liver,spleen,lung | --labels must begin with background",
        "MINIMUM_SLICES | few | --minimum-slices must be a whole number",
        "LICENCE_CLASS | FREE | --licence-class must be one of",
      })
  void aWrongAnswerNamesItsOption(Question question, String answer, String message) {
    options.put(question, answer);
    WrongAnswer wrong = assertThrows(WrongAnswer.class, () -> read(Answers.of(options)));
    assertTrue(wrong.getMessage().startsWith(message), wrong.getMessage());
  }

  @Test
  void aGraphOfAFixedSizeIsGivenThatSize() {
    in = List.of(1L, 1L, 64L, 64L, 64L);
    out = List.of(1L, 3L, 64L, 64L, 64L);
    options.remove(Question.PATCH);
    assertEquals(
        List.of(64, 64, 64), ((WindowSpec.Sliding) read(Answers.of(options)).windows()).patch());
  }

  @Test
  void aTwoDimensionalGraphSeesSlices() {
    in = List.of(-1L, 1L, -1L, -1L);
    out = List.of(-1L, 3L, -1L, -1L);
    options.put(Question.PATCH, "96,96");
    ModelManifest manifest = read(Answers.of(options));
    assertTrue(manifest.input().seesSlices());
    assertEquals(List.of(1, 96, 96), ((WindowSpec.Sliding) manifest.windows()).patch());
    options.put(Question.PATCH, "whole:16");
    assertEquals(new WindowSpec.Whole(16, 0), read(Answers.of(options)).windows());
  }

  @Test
  void classesThatStandAloneNeedNoBackground() {
    options.put(Question.ACTIVATION, "SIGMOID");
    options.put(Question.LABELS, "liver,spleen,lung");
    options.put(Question.SPACING, "source");
    ModelManifest manifest = read(Answers.of(options));
    assertEquals(
        List.of(1, 2, 3),
        manifest.labels().segments().stream().map(each -> each.segment().number()).toList());
    assertEquals(new GridSpec.Source(), manifest.input().grid());
  }

  @Test
  void aGraphThatIsNotOfImagesIsRefused() {
    in = List.of(1L, 10L);
    Defect refusal = assertThrows(Defect.class, () -> read(Answers.of(options)));
    assertEquals(ReasonCode.IMPORT_UNSUPPORTED, refusal.code());
    in = List.of(1L, 4L, -1L, -1L, -1L);
    refusal = assertThrows(Defect.class, () -> read(Answers.of(options)));
    assertTrue(refusal.getMessage().contains("several channels"), refusal.getMessage());
  }

  private ModelManifest read(Answers answers) {
    var graph =
        new GraphTensors(
            List.of(new Tensor("x", "FLOAT32", in)), List.of(new Tensor("y", "FLOAT32", out)));
    return OnnxImport.read(Path.of("Abdomen_Net.onnx"), graph, answers).draft();
  }
}

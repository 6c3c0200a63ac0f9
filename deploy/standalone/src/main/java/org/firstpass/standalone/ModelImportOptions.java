package org.firstpass.standalone;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.inference.PackageImport;
import org.firstpass.inference.PackageImport.FrameworkCase;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every import of a model may be told, and how it ends. */
final class ModelImportOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "<folder>",
      description = "A folder of packages; the new one goes to <folder>/<name>/<version>.")
  Path into = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description = "Name of the package: lower case, digits, dashes.")
  @Nullable String name;

  @Option(
      names = "--version",
      paramLabel = "<n.n.n>",
      description = "Version of the package; 1.0.0 if nothing says otherwise.")
  @Nullable String version;

  @Option(
      names = "--licence",
      paramLabel = "<SPDX>",
      description = "Licence of the weights, for instance Apache-2.0.")
  @Nullable String licence;

  @Option(
      names = "--licence-class",
      paramLabel = "<class>",
      description = "What it allows: OPEN, NON_COMMERCIAL, RESEARCH_ONLY, BY_AGREEMENT.")
  @Nullable String licenceClass;

  @Option(
      names = "--title",
      paramLabel = "<text>",
      description = "What the model marks, in a few words.")
  @Nullable String title;

  @Option(
      names = "--intended-use",
      paramLabel = "<text>",
      description = "What it may be used for, so that a radiologist understands it.")
  @Nullable String intendedUse;

  @Option(
      names = "--modality",
      paramLabel = "<CT|MR|PT>",
      description = "Modality of the series that it takes.")
  @Nullable String modality;

  @Option(
      names = "--body-part",
      paramLabel = "<expression>",
      description = "Expression that Body Part Examined must have.")
  @Nullable String bodyPart;

  @Option(
      names = "--minimum-slices",
      paramLabel = "<n>",
      description = "The fewest slices that make sense to the network; 8 if not said.")
  @Nullable String minimumSlices;

  @Option(
      names = "--orientation",
      paramLabel = "<letters>",
      description =
          "Where the tensor's axes grow, three letters of L R P A S I: SPL for axial slices as"
              + " DICOM has them, SAR for nnU-Net on canonical NIfTI, RAS for MONAI's usual.")
  @Nullable String orientation;

  @Option(
      names = "--golden-input",
      paramLabel = "<npy>",
      description =
          "An input tensor, saved by numpy.save as float32; with --golden-output the proof that"
              + " the graph does here what it did in its framework.")
  @Nullable Path goldenInput;

  @Option(
      names = "--golden-output",
      paramLabel = "<npy>",
      description = "What the framework answered to it: the network's output, before any softmax.")
  @Nullable Path goldenOutput;

  /** Options, and the terminal for what they leave open. */
  Answers answers(Map<Question, @Nullable String> more) {
    Map<Question, String> given = new EnumMap<>(Question.class);
    put(given, Question.NAME, name);
    put(given, Question.VERSION, version);
    put(given, Question.LICENCE, licence);
    put(given, Question.LICENCE_CLASS, licenceClass);
    put(given, Question.TITLE, title);
    put(given, Question.INTENDED_USE, intendedUse);
    put(given, Question.MODALITY, modality);
    put(given, Question.BODY_PART, bodyPart);
    put(given, Question.MINIMUM_SLICES, minimumSlices);
    put(given, Question.ORIENTATION, orientation);
    more.forEach((question, answer) -> put(given, question, answer));
    return new Answers(given, ModelImportOptions::ask);
  }

  private static void put(Map<Question, String> given, Question question, @Nullable String answer) {
    if (answer != null) {
      given.put(question, answer);
    }
  }

  private static Optional<String> ask(Question question, Optional<String> otherwise) {
    Console console = System.console();
    if (console == null) {
      return Optional.empty();
    }
    String hint =
        otherwise
            .map(value -> "[" + value + "]")
            .orElse("(for instance " + question.example() + ")");
    String line = console.readLine("%s %s: ", question.text(), hint);
    return Optional.ofNullable(line).map(String::strip);
  }

  /** Writes the package and tells what was decided, what was verified, what is to be checked. */
  int write(ImportedModel imported) {
    ModelPackage written;
    try {
      written = PackageImport.write(imported, into, frameworkCase());
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(e.getFile() + ": " + e.getReason(), e);
    } catch (IOException e) {
      throw new CommandFailed("cannot write the package: " + e, e);
    }
    PrintStream out = System.out;
    out.println("Decided:");
    imported.notes().decisions().forEach(decision -> out.println("  " + decision));
    PackageVerification verification = PackageVerification.of(written);
    out.println("Verified on this machine:");
    verification
        .checks()
        .forEach(
            check ->
                out.println(
                    "  %-4s %-14s %s"
                        .formatted(check.passed() ? "ok" : "FAIL", check.name(), check.finding())));
    out.println("To be checked by a person:");
    imported.notes().checks().forEach(check -> out.println("  - " + check));
    if (goldenInput == null) {
      out.println(
          "  - the golden case is the package's own first answer; --golden-input and"
              + " --golden-output prove that the graph does what it did in its framework");
    }
    out.println("  - the model card: fill in what is marked '(to fill in)'");
    out.println("imported " + written.label() + " to " + written.folder());
    return verification.passed() ? 0 : 1;
  }

  private Optional<FrameworkCase> frameworkCase() {
    Path input = goldenInput;
    Path output = goldenOutput;
    if (input == null && output == null) {
      return Optional.empty();
    }
    if (input == null || output == null) {
      throw new CommandFailed("--golden-input and --golden-output are given together");
    }
    return Optional.of(new FrameworkCase(existing(input), existing(output)));
  }

  /** A file that must be there. */
  static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new CommandFailed("there is no " + file);
    }
    return file;
  }
}

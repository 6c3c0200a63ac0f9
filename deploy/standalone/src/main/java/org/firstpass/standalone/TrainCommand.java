package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.DatasetRequest;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Security;
import org.firstpass.standalone.TrainingRefused.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a candidate of a data set and a package that is here. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train a new version of a package on a data set: by the reference trainer, or by",
      "any command that keeps the contract in deploy/docs/learning.md. It sees the",
      "training and the validation side, never the test side. What it made is verified",
      "on this machine and registered; it is given nothing before somebody decides so",
      "('firstpass model promote').",
      "Stopped with Ctrl-C, the same command again goes on.",
      ""
    })
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--base",
      required = true,
      paramLabel = "<name>@<version>",
      description = "The package to begin with.")
  String base = "";

  @Option(
      names = "--version",
      required = true,
      paramLabel = "<x.y.z>",
      description = "Of the package that is made; its name is that of --base.")
  String version = "";

  @Option(
      names = "--dataset",
      paramLabel = "<hash or folder>",
      description = {
        "What 'dataset export --format nnunet' wrote: the beginning",
        "of its hash, or its folder. Left out, everything that was",
        "accepted is exported now."
      })
  @Nullable String dataset;

  @Option(
      names = "--with",
      paramLabel = "<command>",
      description = {
        "Another trainer, as a shell would run it; the contract's",
        "arguments are put behind it. For nnU-Net:",
        "'deploy/examples/nnunet/train.py'."
      })
  @Nullable String with;

  @Option(
      names = "--into",
      paramLabel = "<folder>",
      description = "Folder of packages. Default: models in the state folder, which is served.")
  @Nullable Path into;

  @Mixin TrainerOptions options = new TrainerOptions();
  @Mixin PackageFolders packages = new PackageFolders();

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(installation.existingFolder());
    try {
      train(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  private void train(Configuration configuration) throws IOException {
    ModelPackage from = base(packages.catalogue(configuration));
    String name = from.manifest().name();
    var work = TrainingFolder.of(configuration.state(), name, version);
    try (var held = TrainingLock.of(work, name + " " + version)) {
      train(configuration, from, work);
    }
  }

  private void train(Configuration configuration, ModelPackage from, TrainingFolder work)
      throws IOException {
    String name = from.manifest().name();
    TrainingDataset data;
    try (var infrastructure = Infrastructure.join(configuration)) {
      requireFree(
          name, configuration, ModelDecisions.states(infrastructure.stream()).of(name, version));
      data = data(infrastructure, configuration, work);
    }
    work.begin(what(data, from), data);
    System.out.println(
        "data set %s: %d training, %d validation cases; %d are kept from the trainer"
            .formatted(
                data.hash(),
                data.count(Split.TRAINING),
                data.count(Split.VALIDATION),
                data.count(Split.TEST)));
    Instant started = clock.instant();
    List<String> command = options.command(with, work, from, version);
    // One that was made before the process was killed is only looked at.
    TrainerRun.Report last =
        Files.exists(work.output())
            ? TrainerRun.Report.NONE
            : new TrainerRun(command, work.log()).toItsEnd(System.out);
    TrainedPackage trained = look(work, from);
    trained.note(provenance(data, from, command, last, started));
    ModelPackage taken = take(configuration, data, from, trained);
    work.delete();
    tell(taken, from, last);
  }

  /** The same words for the same training. */
  private String what(TrainingDataset data, ModelPackage from) {
    return "%s of %s by %s %s%n"
        .formatted(
            data.hash(),
            from.digest(),
            with == null ? "reference" : with,
            String.join(" ", options.told()));
  }

  private ModelPackage base(ModelCatalogue catalogue) {
    int at = base.lastIndexOf('@');
    if (at < 1) {
      throw new TrainingRefused(Reason.BASE_UNKNOWN, "--base is name@version, not '" + base + "'");
    }
    return catalogue
        .find(base.substring(0, at), base.substring(at + 1))
        .orElseThrow(() -> new TrainingRefused(Reason.BASE_UNKNOWN, "no model folder has " + base));
  }

  private void requireFree(
      String name, Configuration configuration, Optional<ModelStateChanged> decided) {
    boolean taken =
        packages.catalogue(configuration).find(name, version).isPresent()
            || Files.exists(into(configuration).resolve(name).resolve(version))
            || decided.filter(one -> one.state() != ModelState.REGISTERED).isPresent();
    if (taken) {
      throw new TrainingRefused(
          Reason.VERSION_TAKEN,
          "there was a %s %s already; give another --version".formatted(name, version));
    }
  }

  private Path into(Configuration configuration) {
    return into != null ? into : configuration.state().models();
  }

  private TrainingDataset data(
      Infrastructure infrastructure, Configuration configuration, TrainingFolder work) {
    var register = new DatasetRegister(infrastructure.database());
    Path folder = folder(infrastructure, configuration, work, register);
    TrainingDataset data = TrainingDataset.in(folder);
    RegisteredVersion known =
        register.find(data.hash().hex()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new TrainingRefused(
                        Reason.DATASET_UNKNOWN,
                        "data set %s was not made here, so that an erasure would not find the model"
                            .formatted(data.hash())));
    if (known.tombstoned().isPresent()) {
      throw new TrainingRefused(
          Reason.DATASET_UNFIT,
          "patients were erased from data set %s since; export a new one".formatted(data.hash()));
    }
    return data;
  }

  private Path folder(
      Infrastructure infrastructure,
      Configuration configuration,
      TrainingFolder work,
      DatasetRegister register) {
    if (dataset == null) {
      if (!Files.exists(work.exported())) {
        Datasets.write(
            configuration,
            infrastructure,
            "Exporting",
            work.exported(),
            (export, progress) ->
                export.run(DatasetRequest.of(DatasetFormat.NNUNET), work.exported(), progress));
      }
      return work.exported();
    }
    Path asFolder = Path.of(dataset);
    if (Files.isDirectory(asFolder)) {
      return asFolder;
    }
    List<RegisteredVersion> found = register.find(dataset);
    if (found.size() != 1) {
      throw new TrainingRefused(
          Reason.DATASET_UNKNOWN,
          "'%s' is no folder, and %d data sets have a hash that begins so"
              .formatted(dataset, found.size()));
    }
    return found.get(0).folders().stream()
        .map(Path::of)
        .filter(each -> Files.exists(each.resolve(TrainingDataset.MANIFEST)))
        .findFirst()
        .orElseThrow(
            () ->
                new TrainingRefused(
                    Reason.DATASET_UNKNOWN,
                    "data set %s lies nowhere any more; 'firstpass dataset rebuild' writes it again"
                        .formatted(found.get(0).hash())));
  }

  private TrainedPackage look(TrainingFolder work, ModelPackage from) throws IOException {
    try {
      return TrainedPackage.require(work.output(), from.manifest().name(), version, from);
    } catch (TrainingRefused e) {
      work.setAside();
      throw e;
    }
  }

  private Map<String, Object> provenance(
      TrainingDataset data,
      ModelPackage from,
      List<String> command,
      TrainerRun.Report last,
      Instant started) {
    PackageReference reference = from.reference();
    var provenance = new LinkedHashMap<String, Object>();
    provenance.put("format", 1);
    provenance.put("dataset", Map.of("name", data.name(), "manifest", data.hash().hex()));
    provenance.put(
        "base",
        Map.of(
            "name", reference.name(),
            "version", reference.version(),
            "digest", reference.digest().hex()));
    provenance.put("trainer", with == null ? "reference" : with);
    provenance.put("arguments", new ArrayList<>(options.told()));
    provenance.put("steps", last.step());
    if (last.isCompared()) {
      provenance.put(
          "validation", Map.of("baseDice", last.baseDice(), "bestDice", last.bestDice()));
    }
    provenance.put("started", started.toString());
    provenance.put("ended", clock.instant().toString());
    return provenance;
  }

  /** Noted and registered before it lies where workers look, so that it is never served unasked. */
  private ModelPackage take(
      Configuration configuration, TrainingDataset data, ModelPackage from, TrainedPackage trained)
      throws IOException {
    PackageReference reference = trained.model().reference();
    String who = System.getProperty("user.name", "unknown");
    try (var infrastructure = Infrastructure.join(configuration);
        var security = Security.over(infrastructure.database(), clock)) {
      new DatasetRegister(infrastructure.database()).noteUse(data.hash(), reference);
      security
          .audit()
          .record(
              AuditFact.of(
                  who,
                  AuditAction.MODEL_TRAINED,
                  reference.name() + " " + reference.version(),
                  Map.of(
                      "package",
                      reference.digest().hex(),
                      "base",
                      from.label() + " " + from.digest(),
                      "dataset",
                      data.hash().hex(),
                      "trainer",
                      with == null ? "reference" : "own")));
      new ModelDecisions(infrastructure.stream(), packages.catalogue(configuration), clock)
          .register(reference, who);
      return TrainedPackage.copy(trained.model(), into(configuration));
    }
  }

  private static void tell(ModelPackage taken, ModelPackage from, TrainerRun.Report last) {
    System.out.println(
        "%s is registered, made of %s: %s".formatted(taken.label(), from.label(), taken.folder()));
    if (last.isCompared()) {
      System.out.println(last.verdict());
    }
    System.out.println(
        "Next: 'firstpass evaluate' both on held-out cases, then 'firstpass model promote'.");
  }
}

package org.firstpass.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.routing.Route;
import org.firstpass.routing.Routing;
import org.firstpass.routing.RoutingExamples;
import org.firstpass.routing.RoutingRules;
import org.firstpass.routing.RoutingSubject;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model packages a series is given to. */
@Command(
    name = "route",
    mixinStandardHelpOptions = true,
    description = "Which model packages a series is given to, and why.",
    subcommands = {RouteCommand.Explain.class, RouteCommand.Check.class},
    synopsisSubcommandLabel = "(explain | check)")
final class RouteCommand {

  /** Tells the story of a series. */
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = {
        "Show which rule and which packages a series meets, and why not the others.",
        "Nothing is segmented. What a first model would be asked is told, not asked."
      })
  static final class Explain implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(
        paramLabel = "<folder or series>",
        description = "A folder of DICOM files, or the Series Instance UID of a series that came.")
    String subject = "";

    @Option(
        names = "--rules",
        paramLabel = "<file>",
        description = "Routing rules to try; default: those of the installation.")
    @Nullable Path rules;

    @Option(
        names = "--models",
        paramLabel = "<folder>",
        description = {
          "A folder of packages; may be given several times.",
          "Default: those that the running 'firstpass up' serves."
        })
    @Nullable List<Path> models;

    @Option(
        names = "--calling-ae",
        paramLabel = "<title>",
        description = "As if this AE had sent the files of the folder.")
    @Nullable String callingAe;

    @Option(
        names = "--project",
        paramLabel = "<name>",
        description = "As if they had been sent for this project; default: 'default'.")
    @Nullable String project;

    @Option(
        names = "--at",
        paramLabel = "<time>",
        description = "As if they had come at this local time, for instance 2026-01-31T18:30.")
    @Nullable String at;

    @Override
    public Integer call() throws IOException {
      Configuration configuration = Configuration.of(installation.folder());
      ModelCatalogue catalogue =
          ModelCatalogue.load(models != null ? models : configuration.servedModels());
      RoutingRules chosen = rules != null ? readRules(rules) : configuration.routingRules();
      boolean goesOn = true;
      for (Surveyed each : surveyed(configuration)) {
        ServedPackages served = ServedPackages.of(catalogue.packages(), each.states());
        var routing =
            new Routing(
                served.servedTo(each.subject().series().reference().study()),
                served.available(),
                chosen,
                ZoneId.systemDefault());
        goesOn &= tell(each, routing.route(each.subject()), System.out);
      }
      return goesOn ? 0 : 1;
    }

    private List<Surveyed> surveyed(Configuration configuration) throws IOException {
      Path folder = Path.of(subject);
      if (Files.exists(folder)) {
        return ofFolder(folder);
      }
      return List.of(ofInstallation(configuration));
    }

    private List<Surveyed> ofFolder(Path folder) throws IOException {
      Map<StudyReference, List<InstanceSource>> series = new LinkedHashMap<>();
      int skipped = 0;
      for (Path file : DicomFiles.below(List.of(folder))) {
        InstanceSource source = () -> Files.newInputStream(file);
        try {
          StudyReference reference = InstanceHeader.read(source).reference();
          series.computeIfAbsent(reference, key -> new ArrayList<>()).add(source);
        } catch (StudyRefused e) {
          skipped++;
        }
      }
      if (series.isEmpty()) {
        throw new CommandFailed("no file below " + folder + " is a DICOM instance");
      }
      if (skipped > 0) {
        System.out.println(skipped + " files are no DICOM instance and are left out");
      }
      Instant received = received();
      ProjectName sentFor = sentFor();
      return series.values().stream()
          .map(
              files -> {
                SeriesSurvey survey = SeriesSurvey.of(files);
                var known = new RoutingSubject(survey.description(), callingAe, sentFor, received);
                return new Surveyed(survey, known, ModelStates.NONE);
              })
          .toList();
    }

    private ProjectName sentFor() {
      try {
        return project == null ? ProjectName.DEFAULT : new ProjectName(project);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed("--project: " + e.getMessage());
      }
    }

    private Instant received() {
      if (at == null) {
        return Clock.systemUTC().instant();
      }
      try {
        return LocalDateTime.parse(at).atZone(ZoneId.systemDefault()).toInstant();
      } catch (DateTimeParseException e) {
        throw new CommandFailed("--at must be a time as 2026-01-31T18:30, but is " + at);
      }
    }

    private Surveyed ofInstallation(Configuration configuration) {
      SeriesInstanceUid wanted;
      try {
        wanted = new SeriesInstanceUid(subject);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed("there is no folder " + subject + ", and it is no UID either");
      }
      try (var infrastructure = Infrastructure.join(configuration)) {
        List<SeriesArrived> arrivals = new ArrayList<>();
        EventReplay.forEach(
            infrastructure.stream(),
            Topics.ARRIVALS,
            arrived -> {
              if (arrived.series().equals(wanted)) {
                arrivals.add(arrived);
              }
            });
        if (arrivals.isEmpty()) {
          throw new CommandFailed(
              "series " + wanted + " was never complete here; try 'firstpass explain'");
        }
        SeriesArrived last = arrivals.get(arrivals.size() - 1);
        SeriesSurvey survey = survey(last, infrastructure.objects());
        var known =
            new RoutingSubject(
                survey.description(), last.callingAeTitle(), last.sentFor(), last.time());
        return new Surveyed(survey, known, ModelDecisions.states(infrastructure.stream()));
      }
    }

    private static SeriesSurvey survey(SeriesArrived arrived, ObjectStore store) {
      SeriesRevision revision =
          SeriesRevisionCodec.decode(store.read(arrived.input().manifest().digest()));
      List<InstanceSource> sources =
          revision.instances().stream()
              .map(instance -> (InstanceSource) () -> store.open(instance.content()))
              .toList();
      return SeriesSurvey.of(sources);
    }
  }

  /** Runs a rules file's own examples. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Check a rules file: its fields, and that its examples meet the rules they name.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "<file>", description = "Routing rules, JSON.")
    Path file = Path.of("");

    @Override
    public Integer call() {
      RoutingRules rules = readRules(file);
      List<RoutingExamples.Outcome> outcomes = RoutingExamples.check(rules);
      for (RoutingExamples.Outcome outcome : outcomes) {
        System.out.println((outcome.passed() ? "ok    " : "FAIL  ") + outcome.name());
        if (!outcome.passed()) {
          System.out.println("      " + outcome.finding());
        }
      }
      long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
      System.out.println(
          "%d rules, %d examples, %d failed"
              .formatted(rules.rules().size(), outcomes.size(), failed));
      return failed == 0 ? 0 : 1;
    }
  }

  static RoutingRules readRules(Path file) {
    try {
      return RoutingRules.read(file);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A series with what routing knows of it.
   *
   * @param states what was decided of versions; nothing for files that no installation has
   */
  private record Surveyed(SeriesSurvey survey, RoutingSubject subject, ModelStates states) {
    /**
     * As for a worker, what speaks against the series itself; that a localizer is one says more.
     */
    Optional<StudyRefused> refusal(Route route) {
      boolean localizer =
          route instanceof Route.Refused refused && refused.code() == ReasonCode.LOCALIZER;
      return localizer ? Optional.empty() : survey.refusal();
    }
  }

  /** Whether it goes anywhere. */
  private static boolean tell(Surveyed series, Route route, PrintStream out) {
    out.println("series " + series.subject().series().reference().series());
    route.explanation().forEach(line -> out.println("  " + line));
    Optional<StudyRefused> unreadable = series.refusal(route);
    if (unreadable.isPresent()) {
      out.println(
          "  goes nowhere: "
              + unreadable.get().code().code()
              + " "
              + unreadable.get().getMessage());
      return false;
    }
    if (route instanceof Route.Served served) {
      out.println("  goes to " + names(served.packages()) + asked(served));
      return true;
    }
    if (route instanceof Route.AskFirst ask) {
      out.println("  goes to " + ask.first().label() + " first, whose findings decide");
      return true;
    }
    Route.Refused refused = (Route.Refused) route;
    out.println("  goes nowhere: " + refused.code().code() + " " + refused.code().advice());
    return false;
  }

  private static String asked(Route.Served served) {
    String protocol = served.protocol() == null ? "" : ", protocol " + served.protocol();
    return protocol + (served.priority() == 0 ? "" : ", priority " + served.priority());
  }

  private static String names(List<ModelPackage> packages) {
    return String.join(" and ", packages.stream().map(ModelPackage::label).toList());
  }
}

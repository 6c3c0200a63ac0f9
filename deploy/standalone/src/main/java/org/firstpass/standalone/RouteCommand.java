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
import java.util.concurrent.Callable;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.Route;
import org.firstpass.routing.Routing;
import org.firstpass.routing.RoutingExamples;
import org.firstpass.routing.RoutingRules;
import org.firstpass.routing.RoutingSubject;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
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
        description = "A folder of packages; may be given several times.")
    @Nullable List<Path> models;

    @Option(
        names = "--calling-ae",
        paramLabel = "<title>",
        description = "As if this AE had sent the files of the folder.")
    @Nullable String callingAe;

    @Option(
        names = "--at",
        paramLabel = "<time>",
        description = "As if they had come at this local time, for instance 2026-01-31T18:30.")
    @Nullable String at;

    @Override
    public Integer call() throws IOException {
      Configuration configuration = Configuration.of(installation.folder());
      Routing routing = routing(configuration);
      boolean served = true;
      for (RoutingSubject each : subjects(configuration)) {
        served &= tell(each, routing.route(each), System.out);
      }
      return served ? 0 : 1;
    }

    private Routing routing(Configuration configuration) {
      ModelCatalogue catalogue =
          ModelCatalogue.load(models != null ? models : configuration.models());
      RoutingRules chosen = rules != null ? readRules(rules) : configuration.routingRules();
      return new Routing(catalogue.served(), catalogue.packages(), chosen, ZoneId.systemDefault());
    }

    private List<RoutingSubject> subjects(Configuration configuration) throws IOException {
      Path folder = Path.of(subject);
      if (Files.exists(folder)) {
        return ofFolder(folder);
      }
      return List.of(ofInstallation(configuration));
    }

    private List<RoutingSubject> ofFolder(Path folder) throws IOException {
      Map<SeriesInstanceUid, List<InstanceSource>> series = new LinkedHashMap<>();
      int skipped = 0;
      for (Path file : DicomFiles.below(List.of(folder))) {
        InstanceSource source = () -> Files.newInputStream(file);
        try {
          SeriesInstanceUid uid = InstanceHeader.read(source).reference().series();
          series.computeIfAbsent(uid, key -> new ArrayList<>()).add(source);
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
      return series.values().stream()
          .map(files -> SeriesSurvey.of(files).description())
          .map(description -> new RoutingSubject(description, callingAe, received))
          .toList();
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

    private RoutingSubject ofInstallation(Configuration configuration) {
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
        return new RoutingSubject(
            survey(last, infrastructure.objects()).description(),
            last.callingAeTitle(),
            last.time());
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

  /** Whether it goes anywhere. */
  private static boolean tell(RoutingSubject subject, Route route, PrintStream out) {
    out.println("series " + subject.series().reference().series());
    route.explanation().forEach(line -> out.println("  " + line));
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

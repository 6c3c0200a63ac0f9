package org.firstpass.standalone;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.gate.DecisionRecord;
import org.firstpass.gate.GateWaiver;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.jspecify.annotations.Nullable;

/** What was decided of the packages of an installation, and what is decided now. */
final class ModelDecisions {
  private static final String SOURCE = "/firstpass/command-line";

  private final StreamConfig stream;
  private final ModelCatalogue catalogue;
  private final Clock clock;

  ModelDecisions(StreamConfig stream, ModelCatalogue catalogue, Clock clock) {
    this.stream = stream;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Everything that was decided, in its order. */
  static List<ModelStateChanged> all(StreamConfig stream) {
    List<ModelStateChanged> decisions = new ArrayList<>();
    EventReplay.forEach(stream, Topics.MODELS, decisions::add);
    return decisions;
  }

  static ModelStates states(StreamConfig stream) {
    return ModelStates.of(all(stream));
  }

  /** The version that most series are given. */
  Optional<ModelPackage> serving(String name) {
    return serving(name, states(stream)).map(ServedPackages.Version::model);
  }

  ModelPackage requireServing(String name) {
    return serving(name)
        .orElseThrow(() -> new CommandFailed("no version of " + name + " is served"));
  }

  /** Says that the version that is served is the first of its name, if no worker did yet. */
  void keep(ModelPackage served) {
    String version = served.manifest().version();
    if (states(stream).of(served.manifest().name(), version).isEmpty()) {
      publish(ModelStateChanged.firstOfItsName(served.reference(), clock.instant()));
    }
  }

  /** Says that a version is to be given nothing, before workers see it. */
  void register(PackageReference version, String by) {
    decide(version, ModelState.REGISTERED, by);
  }

  /** After which readers are shown no more than before. */
  void decide(PackageReference version, ModelState state, String by) {
    publish(changed(version, state, 0, by));
  }

  /** Lets a version serve that passed the gate. */
  void promote(DecisionRecord record, ModelState state, double share, ObjectReference kept) {
    publish(changed(record.candidate(), state, share, record.signer().user()).by(kept));
  }

  /** Lets a version serve although the gate was not asked. */
  void admit(GateWaiver waiver, ObjectReference kept) {
    publish(
        changed(waiver.admitted(), waiver.state(), waiver.share(), waiver.signer().user())
            .waiving(kept));
  }

  private ModelStateChanged changed(
      PackageReference version, ModelState state, double share, String by) {
    Instant now = clock.instant();
    return new ModelStateChanged(
        NameBasedUuid.of(
            "model state",
            version.name(),
            version.version(),
            state.name(),
            share + "",
            now.toString()),
        now,
        version.name(),
        version.version(),
        state,
        share,
        by);
  }

  /** Retires a version and takes back what it proposed, whether it serves or did so before. */
  void recall(PackageReference version, String by, String reason) {
    publish(changed(version, ModelState.RETIRED, 0, by).recalling(reason));
  }

  /**
   * Retires what is served or tried out: one event, after which the version that was told to serve
   * before does so again.
   *
   * @param recalled why what it proposed is taken back; null if that stays
   * @return the version that was taken away
   * @throws CommandFailed if there is no version to go back to
   */
  PackageReference rollBack(String name, String by, @Nullable String recalled) {
    ModelStates states = states(stream);
    PackageReference taken = toTake(name, states);
    ModelStateChanged retired = retired(taken, by, recalled);
    boolean decided =
        serving(name, states.with(retired)).filter(ServedPackages.Version::decided).isPresent();
    if (!decided) {
      throw new CommandFailed(
          "no other version of %s was told to serve before; 'firstpass model serve' serves one"
              .formatted(name));
    }
    publish(retired);
    return taken;
  }

  private ModelStateChanged retired(
      PackageReference version, String by, @Nullable String recalled) {
    ModelStateChanged retired = changed(version, ModelState.RETIRED, 0, by);
    return recalled == null ? retired : retired.recalling(recalled);
  }

  /** A canary is taken back before what is served to the others. */
  private PackageReference toTake(String name, ModelStates states) {
    Optional<ModelStateChanged> canary =
        states.of(name).stream().filter(each -> each.state() == ModelState.CANARY).findFirst();
    return canary
        .flatMap(each -> catalogue.find(name, each.version()))
        .or(() -> serving(name, states).map(ServedPackages.Version::model))
        .map(ModelPackage::reference)
        .orElseThrow(() -> new CommandFailed("no version of " + name + " is served"));
  }

  private Optional<ServedPackages.Version> serving(String name, ModelStates states) {
    return ServedPackages.of(catalogue.packages(), states).versions().stream()
        .filter(each -> each.state() == ModelState.SERVING)
        .filter(each -> each.model().manifest().name().equals(name))
        .findFirst();
  }

  /** Tells what each version of a package does now. */
  void tell(String name) {
    ModelStates states = states(stream);
    ServedPackages.of(catalogue.packages(), states).versions().stream()
        .filter(each -> each.model().manifest().name().equals(name))
        .forEach(
            each ->
                System.out.println(
                    "%s is %s".formatted(each.model().label(), ModelStateCommand.told(each))));
    if (serving(name, states).isEmpty()) {
      System.out.println(
          "No version of %s serves now; 'firstpass model serve' serves one.".formatted(name));
    }
    System.out.println("Workers follow within seconds; each tells how it is there at /models.");
  }

  /** Tells what a recall does, and what is left to do. */
  static void tellRecalled(PackageReference version) {
    System.out.println(
        "What %s %s proposed and nobody has begun to read leaves the worklist. When the workers"
            .formatted(version.name(), version.version()));
    System.out.println(
        "have followed: 'firstpass model remake %s %s'"
            .formatted(version.name(), version.version()));
  }

  private void publish(ModelStateChanged decision) {
    try (var publisher = new EventPublisher(stream, SOURCE)) {
      publisher.publish(Topics.MODELS, decision);
    }
  }
}

package org.firstpass.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.arrival.GatewayConfig;
import org.firstpass.correction.Protocols;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.delivery.Destinations;
import org.firstpass.drift.ReviewRate;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.http.ViewerOrigins;
import org.firstpass.pull.PullConfig;
import org.firstpass.pull.PullSources;
import org.firstpass.routing.RoutingRules;
import org.firstpass.selection.Drawing;
import org.firstpass.selection.Strategies;
import org.firstpass.server.ProtocolFile;
import org.firstpass.server.ReviewConfig;
import org.firstpass.settings.Settings;
import org.firstpass.stream.StreamConfig;
import org.firstpass.worker.WorkerConfig;
import org.jspecify.annotations.Nullable;

/** What this installation chose, as the records that the rooms take. */
final class Configuration {
  /** Of the environment, but not settings of an installation. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("FIRSTPASS_STATE", "FIRSTPASS_LOGS", "FIRSTPASS_LOG_LEVEL", "FIRSTPASS_PACKAGES");

  private static final Duration LEASE = Duration.ofMinutes(30);
  private static final long IMAGE_CACHE_BYTES = 512L << 20;
  private static final long MAX_UPLOAD_BYTES = 256L << 20;
  private static final int MAX_PORT = 65535;

  /** Backfills leave so many times the free disk that the gateway needs. */
  private static final int FREE_FOR_BACKFILLS = 2;

  private final StateFolder state;
  private final Settings settings;
  private final @Nullable String onlyModel;

  private Configuration(StateFolder state, Settings settings, @Nullable String onlyModel) {
    this.state = state;
    this.settings = settings;
    this.onlyModel = onlyModel;
  }

  static Configuration of(StateFolder state) {
    return of(state, Map.of());
  }

  /**
   * @param chosen by options of the command line, by key; they count most
   */
  static Configuration of(StateFolder state, Map<String, String> chosen) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    NOT_SETTINGS.forEach(environment::remove);
    chosen.forEach((key, value) -> environment.put(variable(key), value));
    return new Configuration(state, Settings.load(state.settings(), environment, Keys.ALL), null);
  }

  Configuration with(Map<String, String> chosen) {
    Configuration changed = of(state, chosen);
    return new Configuration(state, changed.settings, onlyModel);
  }

  Configuration withModel(@Nullable String name) {
    return new Configuration(state, settings, name);
  }

  private static String variable(String key) {
    return "FIRSTPASS_"
        + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  StateFolder state() {
    return state;
  }

  Path objects() {
    return text(Keys.OBJECTS_FOLDER).map(Path::of).orElseGet(state::objects);
  }

  Optional<String> externalDatabase() {
    return text(Keys.DATABASE_URL);
  }

  Optional<String> externalBroker() {
    return text(Keys.KAFKA_BOOTSTRAP);
  }

  int databasePort() {
    return port(Keys.DATABASE_PORT);
  }

  int brokerPort() {
    return port(Keys.KAFKA_PORT);
  }

  int operationsPort() {
    return port(Keys.OPERATIONS_PORT);
  }

  int partitions() {
    return settings.number(Keys.KAFKA_PARTITIONS, 1, 1000);
  }

  short replication() {
    return (short) settings.number(Keys.KAFKA_REPLICATION, 1, 9);
  }

  DatabaseConfig database(String jdbcUrl) {
    int connections = settings.number(Keys.DATABASE_CONNECTIONS, 2, 500);
    if (externalDatabase().isPresent()) {
      return new DatabaseConfig(
          jdbcUrl,
          settings.text(Keys.DATABASE_USER),
          settings.text(Keys.DATABASE_PASSWORD),
          connections);
    }
    return new DatabaseConfig(
        jdbcUrl, EmbeddedPostgres.USER, state.secret("database"), connections);
  }

  StreamConfig stream(String bootstrapServers) {
    Map<String, String> security = new HashMap<>();
    text(Keys.KAFKA_SECURITY)
        .ifPresent(
            file -> {
              var properties = new Properties();
              try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
                properties.load(reader);
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
              }
              properties
                  .stringPropertyNames()
                  .forEach(name -> security.put(name, properties.getProperty(name)));
            });
    return new StreamConfig(bootstrapServers, security);
  }

  GatewayConfig gateway() {
    return new GatewaySettings(settings).config(HexFormat.of().parseHex(state.secret("patients")));
  }

  String aeTitle() {
    return settings.text(Keys.DICOM_AE_TITLE);
  }

  WorkerConfig worker() {
    return new WorkerSettings(settings)
        .config(models(), onlyModel(), routingRules(), state.modelCosts());
  }

  ReviewConfig review() {
    var network = new GatewaySettings(settings);
    return new ReviewConfig(
        settings.text(Keys.HTTP_BIND),
        port(Keys.HTTP_PORT),
        new ReviewConfig.Times(LEASE, settings.duration(Keys.REVIEW_UNDO)),
        IMAGE_CACHE_BYTES,
        MAX_UPLOAD_BYTES,
        new ReviewConfig.Dicom(
            network.worklist(),
            network.peers(settings.text(Keys.WORKLIST_AE_TITLE)),
            viewers(),
            origins()),
        protocols(),
        new ReviewConfig.Learning(choosing(), watching()));
  }

  private ReviewConfig.Watching watching() {
    try {
      return new ReviewConfig.Watching(
          settings.number(Keys.DRIFT_FALSE_ALARM, 1, 1_000_000),
          new ReviewRate(
              Double.parseDouble(settings.text(Keys.REVIEW_SECOND_SHARE)),
              Double.parseDouble(settings.text(Keys.DRIFT_SECOND_SHARE))));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          Keys.REVIEW_SECOND_SHARE + ", " + Keys.DRIFT_SECOND_SHARE + ": " + e.getMessage(), e);
    }
  }

  private ReviewConfig.Choosing choosing() {
    return new ReviewConfig.Choosing(strategies(), randomShare(), OptionalLong.empty());
  }

  private double randomShare() {
    try {
      return Drawing.requireShare(Double.parseDouble(settings.text(Keys.REVIEW_RANDOM_SHARE)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(Keys.REVIEW_RANDOM_SHARE + ": " + e.getMessage(), e);
    }
  }

  private Strategies strategies() {
    try {
      return Strategies.of(
          settings.text(Keys.REVIEW_STRATEGY), settings.list(Keys.REVIEW_STRATEGIES));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          Keys.REVIEW_STRATEGY + ", " + Keys.REVIEW_STRATEGIES + ": " + e.getMessage(), e);
    }
  }

  /** What readers are asked for beside segments. */
  private Protocols protocols() {
    try {
      return text(Keys.REVIEW_PROTOCOLS)
          .map(Path::of)
          .map(ProtocolFile::read)
          .orElse(Protocols.NONE);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(Keys.REVIEW_PROTOCOLS + ": " + e.getMessage(), e);
    }
  }

  /** A model of the site's own that refines masks. */
  Optional<URI> refineService() {
    return text(Keys.REVIEW_REFINE_URL)
        .map(
            address -> {
              try {
                URI service = URI.create(address);
                if (service.getHost() != null
                    && Set.of("http", "https").contains(service.getScheme())) {
                  return service;
                }
              } catch (IllegalArgumentException e) {
                throw new CommandFailed(Keys.REVIEW_REFINE_URL + ": " + e.getMessage());
              }
              throw new CommandFailed(Keys.REVIEW_REFINE_URL + " is an http or https address");
            });
  }

  Duration refineLimit() {
    return settings.duration(Keys.REVIEW_REFINE_TIMEOUT);
  }

  private Set<String> origins() {
    Set<String> origins = Set.copyOf(settings.list(Keys.HTTP_CORS_ORIGINS));
    try {
      new ViewerOrigins(origins);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(Keys.HTTP_CORS_ORIGINS + ": " + e.getMessage());
    }
    return origins;
  }

  private Map<String, String> viewers() {
    Map<String, String> users = new HashMap<>();
    for (String entry : settings.list(Keys.REVIEW_VIEWERS)) {
      String[] parts = entry.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new CommandFailed(
            Keys.REVIEW_VIEWERS + " is AE title=user with commas, but has '" + entry + "'");
      }
      users.put(parts[0].strip(), parts[1].strip());
    }
    return users;
  }

  /** Where model packages are, those that were trained here last. */
  List<Path> models() {
    List<Path> chosen = settings.list(Keys.MODELS_FOLDERS).stream().map(Path::of).toList();
    List<Path> given =
        chosen.isEmpty()
            ? List.of(Path.of(System.getProperty("firstpass.packages", "models/packages")))
            : chosen;
    return Stream.concat(given.stream(), Stream.of(state.models())).distinct().toList();
  }

  /**
   * Where the packages are that the standalone on this state folder serves: it may have been told
   * by an option, which no file knows. If none runs, those of the configuration.
   */
  List<Path> servedModels() {
    if (!Files.exists(state.running())) {
      return models();
    }
    List<Path> served = Running.read(state.running()).models();
    return served.isEmpty() ? models() : served;
  }

  /** How patients who have no side yet are dealt out. */
  SplitProportions split() {
    List<String> shares = settings.list(Keys.DATASET_SPLIT);
    try {
      if (shares.size() == 3) {
        return new SplitProportions(
            Integer.parseInt(shares.get(0)),
            Integer.parseInt(shares.get(1)),
            Integer.parseInt(shares.get(2)));
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(Keys.DATASET_SPLIT + ": " + e.getMessage(), e);
    }
    throw new CommandFailed(Keys.DATASET_SPLIT + " is three percentages, for instance 70,15,15");
  }

  /** Which packages series go to. */
  RoutingRules routingRules() {
    return text(Keys.ROUTING_RULES)
        .map(Path::of)
        .map(RouteCommand::readRules)
        .orElse(RoutingRules.NONE);
  }

  /** Where results go. */
  Destinations destinations() {
    try {
      return text(Keys.DELIVERY_DESTINATIONS)
          .map(Path::of)
          .map(Destinations::read)
          .orElse(Destinations.NONE);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** The archives that images are fetched from. */
  PullSources pullSources() {
    try {
      return text(Keys.PULL_SOURCES).map(Path::of).map(PullSources::read).orElse(PullSources.NONE);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is fetched from where, and when backfills wait. */
  PullConfig pull() {
    GatewayConfig gateway = gateway();
    try {
      return new PullConfig(
          pullSources(),
          gateway.scp().projects(),
          FREE_FOR_BACKFILLS * gateway.minFreeBytes(),
          settings.number(Keys.PULL_UNFINISHED, 1, 1_000_000));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(Keys.PULL_SOURCES + ": " + e.getMessage(), e);
    }
  }

  /** The one package to use, if only one shall be. */
  Optional<String> onlyModel() {
    return Optional.ofNullable(onlyModel);
  }

  private int port(String key) {
    return settings.number(key, 0, MAX_PORT);
  }

  private Optional<String> text(String key) {
    return Optional.of(settings.text(key)).filter(value -> !value.isBlank());
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}

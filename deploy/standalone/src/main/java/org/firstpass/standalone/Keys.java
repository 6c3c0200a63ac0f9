package org.firstpass.standalone;

import java.util.List;
import org.firstpass.settings.Setting;

/** Every key that an installation may set; deploy/docs/configuration.md is made from it. */
final class Keys {
  static final String OBJECTS_FOLDER = "objects.folder";
  static final String DATABASE_URL = "database.url";
  static final String DATABASE_USER = "database.user";
  static final String DATABASE_PASSWORD = "database.password";
  static final String DATABASE_CONNECTIONS = "database.connections";
  static final String DATABASE_PORT = "database.port";
  static final String KAFKA_BOOTSTRAP = "kafka.bootstrap";
  static final String KAFKA_SECURITY = "kafka.security";
  static final String KAFKA_PARTITIONS = "kafka.partitions";
  static final String KAFKA_REPLICATION = "kafka.replication";
  static final String KAFKA_PORT = "kafka.port";
  static final String DICOM_AE_TITLE = "dicom.ae-title";
  static final String DICOM_BIND = "dicom.bind";
  static final String DICOM_PORT = "dicom.port";
  static final String DICOM_ALLOWED = "dicom.allowed";
  static final String DICOM_NETWORK = "dicom.network";
  static final String DICOM_TLS_PORT = "dicom.tls-port";
  static final String DICOM_TLS_IDENTITY = "dicom.tls-identity";
  static final String DICOM_TLS_KEY = "dicom.tls-key";
  static final String DICOM_TLS_PASSWORD = "dicom.tls-password";
  static final String DICOM_TLS_TRUSTED = "dicom.tls-trusted";
  static final String DICOM_TLS_CLIENTS = "dicom.tls-clients";
  static final String GATEWAY_QUIET = "gateway.quiet";
  static final String GATEWAY_MIN_FREE = "gateway.min-free";
  static final String GATEWAY_ANNOUNCED = "gateway.announced";
  static final String GATEWAY_ANNOUNCED_WAIT = "gateway.announced-wait";
  static final String GATEWAY_LATE = "gateway.late";
  static final String GATEWAY_KEPT_PROJECTS = "gateway.kept-projects";
  static final String GATEWAY_ASSOCIATIONS = "gateway.associations";
  static final String GATEWAY_INSTANCES = "gateway.instances";
  static final String WORKER_CONCURRENCY = "worker.concurrency";
  static final String WORKER_THREADS = "worker.threads";
  static final String WORKER_MEMORY = "worker.memory";
  static final String WORKER_NATIVE_MEMORY = "worker.native-memory";
  static final String WORKER_DEVICE = "worker.device";
  static final String WORKER_DEVICE_OPTIONS = "worker.device-options";
  static final String WORKER_TIMEOUT = "worker.timeout";
  static final String WORKER_SHADOW = "worker.shadow";
  static final String MODELS_FOLDERS = "models.folders";
  static final String MODELS_SCAN = "models.scan";
  static final String MODELS_LICENCES = "models.licences";
  static final String MODELS_QUARANTINE_AFTER = "models.quarantine-after";
  static final String DATASET_SPLIT = "dataset.split";
  static final String ROUTING_RULES = "routing.rules";
  static final String DELIVERY_DESTINATIONS = "delivery.destinations";
  static final String PULL_SOURCES = "pull.sources";
  static final String PULL_UNFINISHED = "pull.unfinished";
  static final String HTTP_BIND = "http.bind";
  static final String HTTP_PORT = "http.port";
  static final String HTTP_CORS_ORIGINS = "http.cors-origins";
  static final String WORKLIST_AE_TITLE = "worklist.ae-title";
  static final String WORKLIST_PORT = "worklist.port";
  static final String WORKLIST_TLS_PORT = "worklist.tls-port";
  static final String WORKLIST_CALLERS = "worklist.callers";
  static final String REVIEW_VIEWERS = "review.viewers";
  static final String REVIEW_UNDO = "review.undo";
  static final String REVIEW_PROTOCOLS = "review.protocols";
  static final String REVIEW_STRATEGY = "review.strategy";
  static final String REVIEW_STRATEGIES = "review.strategies";
  static final String REVIEW_RANDOM_SHARE = "review.random-share";
  static final String REVIEW_SECOND_SHARE = "review.second-share";
  static final String DRIFT_FALSE_ALARM = "drift.cases-per-false-alarm";
  static final String DRIFT_SECOND_SHARE = "drift.second-share";
  static final String REVIEW_REFINE_URL = "review.refine-url";
  static final String REVIEW_REFINE_TIMEOUT = "review.refine-timeout";
  static final String OPERATIONS_PORT = "operations.port";

  static final List<Setting> ALL =
      List.of(
          Setting.of(
              OBJECTS_FOLDER, "", "Where objects are stored; empty: objects/ in the state folder."),
          Setting.of(
              DATABASE_URL,
              "",
              "JDBC URL of a PostgreSQL 15 or newer; empty: one inside the process."),
          Setting.of(DATABASE_USER, "postgres", "User of an external database."),
          Setting.secret(DATABASE_PASSWORD, "Password of an external database."),
          Setting.of(DATABASE_CONNECTIONS, "16", "Largest number of connections of one process."),
          Setting.of(
              DATABASE_PORT, "0", "Port of the database inside the process; 0: any free one."),
          Setting.of(
              KAFKA_BOOTSTRAP,
              "",
              "host:port,... of a Kafka 4.2 or newer; empty: a broker inside the process."),
          Setting.of(
              KAFKA_SECURITY,
              "",
              "Properties file with the client's security settings for an external Kafka."),
          Setting.of(
              KAFKA_PARTITIONS, "12", "Partitions of topics that are made in an external Kafka."),
          Setting.of(
              KAFKA_REPLICATION, "3", "Replication of topics that are made in an external Kafka."),
          Setting.of(KAFKA_PORT, "0", "Port of the broker inside the process; 0: any free one."),
          Setting.of(DICOM_AE_TITLE, "FIRSTPASS", "AE title of the gateway."),
          Setting.of(
              DICOM_BIND, "127.0.0.1", "Address that the gateway listens on; 0.0.0.0 for all."),
          Setting.of(DICOM_PORT, "11112", "Port of the gateway; 0: any free one."),
          Setting.of(
              DICOM_ALLOWED,
              "",
              "AE titles that may send, with commas; empty: all, unless dicom.network names"
                  + " callers."),
          Setting.of(
              DICOM_NETWORK,
              "",
              "File of AE titles, projects, callers and their addresses, JSON; see gateway.md."),
          Setting.of(
              DICOM_TLS_PORT,
              "",
              "Port of the gateway with TLS, beside the one without; 0: any free one; empty:"
                  + " none."),
          Setting.of(
              DICOM_TLS_IDENTITY,
              "",
              "Our certificate and those above it, PEM or PKCS #12 (.p12, .pfx)."),
          Setting.of(
              DICOM_TLS_KEY,
              "",
              "Our private key, PEM (PKCS #8, not encrypted); empty: in dicom.tls-identity."),
          Setting.secret(DICOM_TLS_PASSWORD, "Password of PKCS #12 files."),
          Setting.of(
              DICOM_TLS_TRUSTED,
              "",
              "Certificates of authorities or peers that are trusted, PEM or PKCS #12; empty:"
                  + " those of Java."),
          Setting.of(
              DICOM_TLS_CLIENTS,
              "optional",
              "Whether TLS clients show a certificate: none, optional or required."),
          Setting.of(GATEWAY_QUIET, "10s", "A series that got nothing for so long is complete."),
          Setting.of(
              GATEWAY_MIN_FREE, "2GiB", "Below so much free disk the gateway takes nothing."),
          Setting.of(
              GATEWAY_ANNOUNCED,
              "true",
              "Whether a series is complete as soon as all instances are there that MPPS or IAN"
                  + " announced of it."),
          Setting.of(
              GATEWAY_ANNOUNCED_WAIT,
              "10m",
              "How long a quiet series waits for announced instances before it is complete without"
                  + " them."),
          Setting.of(
              GATEWAY_LATE,
              "propose",
              "What instances make that come after their series was announced: propose another"
                  + " time, or keep them only."),
          Setting.of(
              GATEWAY_KEPT_PROJECTS,
              "priors",
              "Projects whose series are kept and not announced to workers, with commas."),
          Setting.of(GATEWAY_ASSOCIATIONS, "256", "Associations that may be open at once."),
          Setting.of(
              GATEWAY_INSTANCES,
              "64",
              "Instances that are received at once; more wait, then they are refused for now."),
          Setting.of(WORKER_CONCURRENCY, "1", "Series that one worker process works on at a time."),
          Setting.of(WORKER_THREADS, "0", "Cores that the network of one series may use; 0: all."),
          Setting.of(
              WORKER_MEMORY,
              "0B",
              "Heap that one series may need; larger ones are refused; 0B: most of the heap."),
          Setting.of(
              WORKER_NATIVE_MEMORY,
              "0B",
              "Memory beside the heap that the network of one series may use; 0B: not limited."),
          Setting.of(
              WORKER_DEVICE,
              "auto",
              "auto, or cuda, tensorrt, openvino, coreml, cpu, with commas: the first that is"
                  + " there is taken; if none is, the worker does not start."),
          Setting.of(
              WORKER_DEVICE_OPTIONS,
              "",
              "Options of devices, name=value with commas, for instance cuda.device_id=1."),
          Setting.of(WORKER_TIMEOUT, "30m", "How long the network of one series may take."),
          Setting.of(
              WORKER_SHADOW,
              "true",
              "Whether versions in shadow run here, after the one that is served."),
          Setting.of(
              MODELS_FOLDERS,
              "",
              "Folders of model packages, with commas; empty: the packages that come along."),
          Setting.of(MODELS_SCAN, "5s", "How often a worker looks at the model folders."),
          Setting.of(
              MODELS_LICENCES,
              "",
              "Licence classes that are served, with commas: open, non-commercial, research-only,"
                  + " by-agreement; empty: all, also packages that state none."),
          Setting.of(
              MODELS_QUARANTINE_AFTER,
              "3",
              "On how many series in a row a package may fail before a worker leaves it out."),
          Setting.of(
              DATASET_SPLIT,
              "70,15,15",
              "Percentages of patients for training, validation and test, of those who have no side"
                  + " yet; with few patients the gate needs a larger test side."),
          Setting.of(
              ROUTING_RULES,
              "",
              "File of routing rules, JSON; empty: what packages state of themselves decides."),
          Setting.of(
              DELIVERY_DESTINATIONS,
              "",
              "File of the destinations that get results, JSON; empty: nothing is sent."),
          Setting.of(
              PULL_SOURCES,
              "",
              "File of the archives that images are fetched from, JSON; empty: none."),
          Setting.of(
              PULL_UNFINISHED,
              "200",
              "Backfills wait while so many series are received or wait for a worker."),
          Setting.of(HTTP_BIND, "127.0.0.1", "Address that the review server listens on."),
          Setting.of(HTTP_PORT, "8080", "Port of the review server; 0: any free one."),
          Setting.of(
              HTTP_CORS_ORIGINS,
              "",
              "Origins of viewers that are web pages served elsewhere, with commas, like"
                  + " https://viewer.example:3000: their pages may call /dicom-web; empty: none"
                  + " may."),
          Setting.of(WORKLIST_AE_TITLE, "FIRSTPASS_WL", "AE title of the worklist by DIMSE."),
          Setting.of(
              WORKLIST_PORT,
              "11113",
              "Port of the worklist by DIMSE, on the address of the review server; 0: any free one."),
          Setting.of(
              WORKLIST_TLS_PORT,
              "",
              "Port of the worklist by DIMSE with TLS, beside the one without, with what dicom.tls-*"
                  + " sets; 0: any free one; empty: none."),
          Setting.of(
              WORKLIST_CALLERS,
              "",
              "AE titles that may ask the worklist, with commas; what dicom.network states of them"
                  + " must hold; empty: it does not listen."),
          Setting.of(
              REVIEW_VIEWERS,
              "",
              "Whose workstation calls with which AE title, title=user with commas: what that"
                  + " viewer stores corrects the task that the user holds; empty: a reader confirms"
                  + " each."),
          Setting.of(
              REVIEW_UNDO,
              "10s",
              "For how long a reader may undo a submission in the page; nothing is learned from it"
                  + " before; 0s: never."),
          Setting.of(
              REVIEW_STRATEGY,
              "uncertainty",
              "What the order of the queue seeks out: uncertainty, diversity, disagreement or"
                  + " novelty."),
          Setting.of(
              REVIEW_STRATEGIES,
              "",
              "Protocols with a strategy of their own, as protocol:strategy, with commas."),
          Setting.of(
              REVIEW_RANDOM_SHARE,
              "0.1",
              "Share of claims that are drawn by lot among all that waits, 0.02 to 1; the others"
                  + " follow the order of the queue."),
          Setting.of(
              REVIEW_SECOND_SHARE,
              "0",
              "Share of accepted corrections that somebody else reads a second time, 0 to 1."),
          Setting.of(
              DRIFT_FALSE_ALARM,
              "2000",
              "How many corrections lie between two false alarms on rising effort or falling"
                  + " acceptance, in the mean and at the least."),
          Setting.of(
              DRIFT_SECOND_SHARE,
              "0.2",
              "As review.second-share, for cases with an alarm that nobody took note of."),
          Setting.of(
              REVIEW_PROTOCOLS,
              "",
              "File of annotation protocols, JSON, see editor.md: which findings readers are asked"
                  + " for; empty: everything may be found and nothing is asked for."),
          Setting.of(
              REVIEW_REFINE_URL,
              "",
              "Address of a model of the site's own that refines masks by clicks; empty: the standard"
                  + " way, which needs none."),
          Setting.of(
              REVIEW_REFINE_TIMEOUT,
              "5s",
              "How long that model may take before the standard way is gone instead."),
          Setting.of(
              OPERATIONS_PORT,
              "0",
              "Port for /metrics and /health of a gateway or worker process; 0: any free one."));

  private Keys() {}
}

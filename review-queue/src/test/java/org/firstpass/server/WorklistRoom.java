package org.firstpass.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesEvent;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;
import org.firstpass.study.DicomUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.firstpass.testing.TestBroker;

/** A real review server over a real broker and database, and callers of its worklist. */
final class WorklistRoom implements AutoCloseable {
  static final Duration LEASE = Duration.ofMinutes(2);
  static final String PASSWORD = "correct horse battery staple";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final SettableClock clock = new SettableClock(ProposalFixture.TIME);
  final CaseFixture cases;
  final Database database = QueueFixture.emptyDatabase();
  final ReviewServer server;
  private final Map<String, DicomPeer> receivers;
  private final TestBroker broker = TestBroker.isolated();
  private final EventPublisher publisher;
  private final HttpClient http = HttpClient.newHttpClient();

  WorklistRoom(Path folder) {
    this(folder, Map.of());
  }

  /**
   * @param receivers who may be told of workitems by DIMSE
   */
  WorklistRoom(Path folder, Map<String, DicomPeer> receivers) {
    this.receivers = receivers;
    cases = new CaseFixture(folder);
    server = server();
    server.start();
    publisher = new EventPublisher(broker.config(), "/firstpass/worker");
    user("anna", Role.RADIOLOGIST);
    user("ben", Role.RADIOLOGIST);
    user("scheduler", Role.SERVICE);
    user("admin", Role.ADMINISTRATOR);
    user("mia", Role.ML_ENGINEER);
  }

  /** One more server on the same database and broker. */
  ReviewServer server() {
    return new ReviewServer(
        new ReviewConfig(
            "127.0.0.1",
            0,
            new ReviewConfig.Times(LEASE, Duration.ofMinutes(1)),
            1 << 24,
            1 << 24,
            new ReviewConfig.Dicom(
                Optional.of(
                    ProcedureStepScp.Place.of("FIRSTPASS_WL", "127.0.0.1", 0, Set.of("WS1"))),
                receivers,
                Map.of(),
                Set.of())),
        cases.store,
        database,
        broker.config(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        clock);
  }

  private void user(String name, Role role) {
    server
        .security()
        .users()
        .create("test", new NewUser(name, name, Set.of(role)), PASSWORD.toCharArray());
  }

  /** A new radiologist who has just logged in. */
  Caller newReader(String name) {
    user(name, Role.RADIOLOGIST);
    return as(name);
  }

  /** A caller who has just logged in. */
  Caller as(String user) {
    return as(user, server);
  }

  Caller as(String user, ReviewServer where) {
    JsonNode session =
        new Caller(where.port(), "")
            .send(
                "POST",
                "/api/login",
                "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}",
                "application/json")
            .json();
    return new Caller(where.port(), session.path("token").asText());
  }

  /** Publishes arrival and proposal of a new series and waits until there is a task. */
  ProposalMade propose(String name) {
    publisher.publish(Topics.ARRIVALS, cases.arrived(name));
    ProposalMade proposal = cases.proposal(name);
    publisher.publish(Topics.PROPOSALS, proposal);
    UUID task = ReviewCase.taskOf(proposal.id());
    Deadline.await(
        "a task of " + name,
        () -> count("select count(*) from review.task where id = ?", task) > 0);
    return proposal;
  }

  /** The SOP Instance UID of the workitem of a new series. */
  String workitem(String name) {
    return uid(propose(name));
  }

  static String uid(ProposalMade proposal) {
    return DicomUid.of(ReviewCase.taskOf(proposal.id()));
  }

  /** An output that came back through the gateway: where it is, in the words of a workitem. */
  String storedOutput(ProposalMade proposal, byte[] file) {
    ObjectReference object = cases.store.put(file, "application/dicom");
    InstanceHeader header = InstanceHeader.read(() -> cases.store.open(object.digest()));
    var instance =
        new InstanceReference(header.instance(), header.sopClass(), object.digest(), object.size());
    var revision = new SeriesRevision(header.reference(), 1, List.of(instance));
    ObjectReference manifest =
        cases.store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            header.reference(), 1, revision.hash(), manifest, proposal.input().patient());
    String series = header.reference().series().value();
    publisher.publish(
        Topics.ARRIVALS,
        new SeriesArrived(
            NameBasedUuid.of("output-arrived", series),
            clock.instant(),
            input,
            header.modality(),
            1));
    Deadline.await(
        "the arrival of an output",
        () ->
            count(
                    "select count(*) from review.series_outcome o join review.foreign_object f"
                        + " on f.series_uid = o.series_uid and f.state <> 'ARRIVED'"
                        + " where o.series_uid = ? and o.kind = 'ARRIVED'",
                    series)
                > 0);
    return output(header.reference().study().value(), series, header.instance().value());
  }

  /** An item of Output Information Sequence. */
  static String output(String study, String series, String instance) {
    return "{\"0040E020\":{\"vr\":\"CS\",\"Value\":[\"DICOM\"]},"
        + "\"0020000D\":{\"vr\":\"UI\",\"Value\":[\""
        + study
        + "\"]},\"0020000E\":{\"vr\":\"UI\",\"Value\":[\""
        + series
        + "\"]},\"00081199\":{\"vr\":\"SQ\",\"Value\":[{"
        + "\"00081150\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.1.1.66.4\"]},"
        + "\"00081155\":{\"vr\":\"UI\",\"Value\":[\""
        + instance
        + "\"]}}]}}";
  }

  /** What a performer sets before it completes. */
  static String performed(String... outputs) {
    return "[{\"00741216\":{\"vr\":\"SQ\",\"Value\":[{"
        + "\"00404028\":{\"vr\":\"SQ\",\"Value\":["
        + code("WS1", "99HOSPITAL", "Workstation 1")
        + "]},\"00404019\":{\"vr\":\"SQ\",\"Value\":["
        + code("110005", "DCM", "Interpretation")
        + "]},\"00404050\":{\"vr\":\"DT\",\"Value\":[\"20261102080000\"]},"
        + "\"00404051\":{\"vr\":\"DT\",\"Value\":[\"20261102080005\"]},"
        + "\"00404033\":{\"vr\":\"SQ\",\"Value\":["
        + String.join(",", outputs)
        + "]}}]}}]";
  }

  static String code(String value, String scheme, String meaning) {
    return "{\"00080100\":{\"vr\":\"SH\",\"Value\":[\""
        + value
        + "\"]},\"00080102\":{\"vr\":\"SH\",\"Value\":[\""
        + scheme
        + "\"]},\"00080104\":{\"vr\":\"LO\",\"Value\":[\""
        + meaning
        + "\"]}}";
  }

  /** Why a performer gives up. */
  static String givenUp(String reasonCode) {
    return "[{\"00741002\":{\"vr\":\"SQ\",\"Value\":[{\"0074100E\":{\"vr\":\"SQ\",\"Value\":["
        + code(reasonCode, "DCM", "Reason")
        + "]}}]}}]";
  }

  static String state(String state, String transaction) {
    return "[{\"00741000\":{\"vr\":\"CS\",\"Value\":[\""
        + state
        + "\"]},\"00081195\":{\"vr\":\"UI\",\"Value\":[\""
        + transaction
        + "\"]}}]";
  }

  long count(String sql, Object... parameters) {
    return database.inTransaction(handle -> handle.select(sql, parameters).mapTo(long.class).one());
  }

  List<CorrectionAccepted> corrections(SeriesInstanceUid series) {
    Deadline.await(
        "an empty outbox",
        () -> count("select count(*) from review.outbox where sent is null") == 0);
    return replay(Topics.CORRECTIONS, series);
  }

  <E extends SeriesEvent> List<E> replay(Topic<E> topic, SeriesInstanceUid series) {
    var events = new ArrayList<E>();
    EventReplay.forEach(broker.config(), topic, events::add);
    events.removeIf(event -> !event.series().equals(series));
    return events;
  }

  @Override
  public void close() {
    publisher.close();
    server.close();
    database.close();
    broker.close();
  }

  /** An answer of the server. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The text of the Warning header, without the service. */
    String warning() {
      String header = header("Warning");
      return header.startsWith("299 ") ? header.substring(header.indexOf(": ") + 2) : header;
    }

    /** The first value of an attribute of the first data set. */
    String text(String tag) {
      return json().path(0).path(tag).path("Value").path(0).asText();
    }
  }

  /** Somebody with a token. */
  final class Caller {
    private final int port;
    final String token;

    Caller(int port, String token) {
      this.port = port;
      this.token = token;
    }

    int port() {
      return port;
    }

    Answer get(String path) {
      return send("GET", path, "", "");
    }

    Answer post(String path, String body) {
      return send("POST", path, body, "application/dicom+json");
    }

    Answer put(String path, String body) {
      return send("PUT", path, body, "application/dicom+json");
    }

    Answer api(String path, String body) {
      return send("POST", path, body, "application/json");
    }

    /** Changes the state of a workitem. */
    Answer state(String uid, String state, String transaction) {
      return put("/dicom-web/workitems/" + uid + "/state", WorklistRoom.state(state, transaction));
    }

    String stateOf(String uid) {
      return get("/dicom-web/workitems/" + uid).text("00741000");
    }

    Answer send(String method, String path, String body, String type, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      if (headers.length > 0) {
        request.headers(headers);
      }
      request.method(
          method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      try {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}

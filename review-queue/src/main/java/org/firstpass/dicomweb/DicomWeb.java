package org.firstpass.dicomweb;

import io.javalin.config.RoutesConfig;
import io.javalin.security.RouteRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.database.Database;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.http.AccessGate;
import org.firstpass.review.StudyIndex;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * The DICOMweb server: its routes, and the loops that keep its index.
 *
 * <p>Any number of them may run on one database. Thread-safe.
 *
 * @see "PS3.18 chapter 10"
 */
public final class DicomWeb implements AutoCloseable {
  private static final String SCHEMA = "dicomweb";
  private static final String GROUP = "firstpass-dicomweb-";

  /** Who may read patients' names. */
  private static final Role[] READERS = {Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR};

  private final Database database;
  private final ObjectStore store;
  private final List<EventLoop> loops;
  private final AccessLog log;
  private final AtomicReference<@Nullable InstanceReceiver> receiver = new AtomicReference<>();

  /** Makes its tables if they are not there; nothing is followed yet. */
  public DicomWeb(
      ObjectStore store,
      Database database,
      StreamConfig stream,
      AuditTrail audit,
      MeterRegistry meters,
      Clock clock) {
    database.migrate(SCHEMA, "org/firstpass/dicomweb/migrations");
    this.database = database;
    this.store = store;
    this.log = new AccessLog(audit, clock);
    var follower = new IndexFollower(store, new IndexRows(database));
    this.loops =
        List.of(
            loop(stream, Topics.ARRIVALS, "arrivals", follower, meters),
            loop(stream, Topics.PROPOSALS, "proposals", follower, meters),
            loop(stream, Topics.CORRECTIONS, "corrections", follower, meters));
  }

  private static EventLoop loop(
      StreamConfig stream,
      Topic<?> topic,
      String name,
      IndexFollower follower,
      MeterRegistry meters) {
    return new EventLoop(
        new EventLoopConfig(stream, topic, GROUP + name), follower::accept, meters);
  }

  /**
   * Takes what is stored by STOW-RS; until then it is answered with 503.
   *
   * @param door the same that associations come through
   */
  public void storeThrough(InstanceReceiver door) {
    receiver.set(door);
  }

  /**
   * The UIDs of studies that match, without asking who wants to know.
   *
   * @param keys parameters of a search for studies
   * @throws ApiRefusal 400 for what cannot be matched, or matches too many to name
   */
  public List<String> studies(Map<String, List<String>> keys) {
    Query query = Query.of(Level.STUDY, Optional.empty(), Optional.empty(), keys);
    return new QueryRows(database).studies(query);
  }

  /** What the worklist asks of the index. */
  public StudyIndex index() {
    return new StudyRows(database);
  }

  /** The series of a study that arrived, without asking who wants to know. */
  public List<SeriesInstanceUid> series(StudyInstanceUid study) {
    return new RetrieveRows(database)
        .series(study.value()).stream().map(SeriesInstanceUid::new).toList();
  }

  public void install(RoutesConfig routes) {
    RouteRole[] readers = AccessGate.allow(READERS);
    new QueryRoutes(new QueryRows(database), log).install(routes, readers);
    var retrieve = new RetrieveRoutes(new RetrieveRows(database), store, log);
    retrieve.install(routes, readers);
    new FrameRoutes(retrieve).install(routes, readers);
    new RenderRoutes(retrieve).install(routes, readers);
    new StoreRoutes(receiver::get, () -> new PostedIndex(store, new IndexRows(database)), log)
        .install(routes, readers);
  }

  public void start() {
    loops.forEach(EventLoop::start);
  }

  public boolean healthy() {
    return loops.stream().allMatch(EventLoop::healthy);
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::close);
  }
}

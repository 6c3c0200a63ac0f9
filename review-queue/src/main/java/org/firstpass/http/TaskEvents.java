package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.firstpass.review.TaskNotice;

/**
 * {@code /api/events}: pages follow the worklist live, by server-sent events. An event has a task's
 * id and state; whoever wants more asks for it, and is looked at by the gate then.
 *
 * <p>{@code ready} when a stream begins and {@code reread} after a gap ask the page to read anew,
 * {@code task} says that one changed, {@code deaf} that this server hears nothing, and {@code beat}
 * that all is well. Thread-safe.
 */
public final class TaskEvents implements AutoCloseable {
  static final String REREAD = "reread";

  /** The names of this room's meters. */
  static final class Names {
    static final String STREAMS = "http.event.streams";

    private Names() {}
  }

  /** Windows of one person. */
  static final int MOST_OF_ONE = 12;

  private static final int MOST = 1_000;

  /** A page asks the gate again after this, so that who was locked out does not go on. */
  private static final long LIFE_NANOS = Duration.ofMinutes(5).toNanos();

  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  public void bind(MeterRegistry meters) {
    Gauge.builder(Names.STREAMS, streams, Set::size)
        .description("Pages that follow the worklist live")
        .register(meters);
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/events", this::open, AccessGate.allowViewers());
  }

  private void open(Context context) throws IOException {
    String subject = AccessGate.identity(context).subject();
    long own = streams.stream().filter(one -> one.subject().equals(subject)).count();
    if (own >= MOST_OF_ONE || streams.size() >= MOST) {
      throw new ApiRefusal(429, "TOO_MANY_STREAMS", "no more live connections are opened");
    }
    context.contentType("text/event-stream");
    // A proxy that collects what it passes on would make it late.
    context.header("X-Accel-Buffering", "no");
    // The container ends what takes long, unless it is told that this is meant to.
    context.req().startAsync().setTimeout(0);
    var stream = new EventStream(subject, context.res().getOutputStream());
    streams.add(stream);
    context.future(() -> stream.over().whenComplete((done, failure) -> streams.remove(stream)));
    stream.send("ready", "{}");
    stream.start();
  }

  /** Tells every page of a task that changed. */
  public void accept(TaskNotice notice) {
    String data =
        "{\"task\":\""
            + notice.task()
            + "\",\"state\":\""
            + notice.state()
            + "\",\"kind\":\""
            + notice.kind().name().toLowerCase(Locale.ROOT)
            + "\"}";
    sendToAll("task", data);
  }

  /** Something may not have been heard: whoever follows reads anew. */
  public void reread() {
    sendToAll(REREAD, "{}");
  }

  /** Nothing is heard at the moment. */
  public void deaf() {
    sendToAll("deaf", "{}");
  }

  /** Says that all is well, and ends the streams that have lasted long enough. */
  public void beat() {
    sendToAll("beat", "{}");
    streams.stream().filter(one -> one.nanosOpen() > LIFE_NANOS).forEach(EventStream::close);
  }

  private void sendToAll(String event, String data) {
    streams.forEach(stream -> stream.send(event, data));
  }

  @Override
  public void close() {
    streams.forEach(EventStream::close);
  }
}

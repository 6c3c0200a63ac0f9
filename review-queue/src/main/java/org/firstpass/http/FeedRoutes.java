package org.firstpass.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.feed.CorrectionFeed;
import org.firstpass.feed.FeedCursor;
import org.firstpass.feed.FeedEntry;
import org.firstpass.feed.FeedNews;
import org.firstpass.feed.FeedPage;
import org.firstpass.feed.TrainingFiles;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/corrections} and {@code /api/datasets}: what there is to learn from, without names.
 */
public final class FeedRoutes {
  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final int LONGEST_WAIT_SECONDS = 30;

  /** Each holds a thread of the server while it waits. */
  private static final int MOST_WAITING = 16;

  /** Each holds one as long as it follows. */
  private static final int MOST_FOLLOWING = 16;

  private static final String ONE = "/api/corrections/{id}";

  private final CorrectionFeed feed;
  private final FeedNews news;
  private final Supplier<@Nullable TrainingFiles> files;
  private final AuditTrail audit;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Semaphore following = new Semaphore(MOST_FOLLOWING);

  /**
   * @param news is told when the feed goes on
   * @param files answers null if this process hands out none
   */
  public FeedRoutes(
      CorrectionFeed feed,
      FeedNews news,
      Supplier<@Nullable TrainingFiles> files,
      AuditTrail audit) {
    this.feed = feed;
    this.news = news;
    this.files = files;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    RouteRole[] learners =
        AccessGate.allow(Role.ML_ENGINEER, Role.SERVICE, Role.LEAD, Role.ADMINISTRATOR);
    routes.get("/api/corrections", this::page, learners);
    routes.get(ONE, this::one, learners);
    for (TrainingFiles.Form form : TrainingFiles.Form.values()) {
      routes.get(ONE + "/" + form.file(), context -> file(context, form), learners);
    }
    routes.get("/api/datasets", this::datasets, learners);
    routes.get("/api/datasets/{hash}", this::manifest, learners);
  }

  private void page(Context context) throws IOException {
    TrainingFiles open = files();
    int limit = RequestParts.number(context, "limit", USUAL, MOST);
    if (AcceptedType.of(context).get(0).type().equals("text/event-stream")) {
      follow(context, limit, open);
      return;
    }
    Optional<FeedCursor> after = cursor(context.queryParam("after"));
    int wait = RequestParts.number(context, "wait", 0, LONGEST_WAIT_SECONDS);
    FeedPage page = wait == 0 ? after(after, limit) : await(after, limit, wait);
    byte[] body = FeedView.page(page, open).toString().getBytes(StandardCharsets.UTF_8);
    if (!ImageRoutes.notModified(context, Sha256.of(body).hex())) {
      context.contentType("application/json").result(body);
    }
  }

  /** Goes on behind what the follower got last, which counts before where it began. */
  private void follow(Context context, int limit, TrainingFiles open) throws IOException {
    String last = context.header("Last-Event-ID");
    Optional<FeedCursor> after = cursor(last == null ? context.queryParam("after") : last);
    if (!following.tryAcquire()) {
      throw new ApiRefusal(429, "TOO_MANY_STREAMS", MOST_FOLLOWING + " follow already");
    }
    try {
      long before = news.told();
      FeedPage first = after(after, limit);
      new FeedStream(news, page -> after(Optional.of(page.next()), limit))
          .send(context, first, before, open);
    } finally {
      following.release();
    }
  }

  private FeedPage after(Optional<FeedCursor> after, int limit) {
    try {
      return feed.after(after, limit);
    } catch (CorrectionFeed.UnknownCursor e) {
      throw new ApiRefusal(410, "CURSOR_GONE", e.getMessage() + "; begin without 'after'");
    }
  }

  private FeedPage await(Optional<FeedCursor> after, int limit, int seconds) {
    if (!waiting.tryAcquire()) {
      throw new ApiRefusal(
          429, "TOO_MANY_WAITING", MOST_WAITING + " wait already; ask again without 'wait'");
    }
    try {
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      boolean waits = true;
      long seen = news.told();
      FeedPage page = after(after, limit);
      while (page.entries().isEmpty() && waits && System.nanoTime() - end < 0) {
        waits = news.await(seen, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        seen = news.told();
        page = after(after, limit);
      }
      return page;
    } finally {
      waiting.release();
    }
  }

  private static Optional<FeedCursor> cursor(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(FeedCursor::parse);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed(
          "'after' is what an earlier page had as 'next', Last-Event-ID the id of an event");
    }
  }

  private void one(Context context) {
    TrainingFiles open = files();
    ObjectNode view = FeedView.entry(entry(context), open);
    context.contentType("application/json").result(view.toString());
  }

  private void file(Context context, TrainingFiles.Form form) throws IOException {
    TrainingFiles open = files();
    CorrectionAccepted correction = entry(context).correction().orElseThrow();
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(),
            AuditAction.OBJECT_EXPORTED,
            correction.id().toString(),
            Map.of("form", form.name())));
    if (ImageRoutes.notModified(context, open.tag(correction, form))) {
      return;
    }
    TrainingFiles.Content content = open.open(correction, form);
    // Jetty gives every type that it does not know a charset, and these are not text.
    context.res().setCharacterEncoding(null);
    context.contentType(form.mediaType());
    content.writeTo(context.res().getOutputStream());
  }

  private FeedEntry entry(Context context) {
    UUID id = RequestParts.uuid(context, "id");
    return feed.find(id)
        .filter(entry -> entry.correction().isPresent())
        .orElseThrow(
            () ->
                new ApiRefusal(
                    404, "NO_SUCH_CORRECTION", "none has id " + id + ", or it is erased"));
  }

  private void datasets(Context context) {
    context.contentType("application/json").result(files().datasets());
  }

  private void manifest(Context context) {
    String hash = context.pathParam("hash");
    byte[] manifest = digest(hash).flatMap(files()::manifest).orElseThrow(FeedRoutes::noDataset);
    if (!ImageRoutes.notModified(context, Sha256.of(manifest).hex())) {
      context.contentType("application/json").result(manifest);
    }
  }

  private static Optional<Sha256> digest(String hex) {
    try {
      return Optional.of(new Sha256(hex));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ApiRefusal noDataset() {
    return new ApiRefusal(404, "NO_SUCH_DATASET", "no data set has this whole hash");
  }

  private TrainingFiles files() {
    TrainingFiles found = files.get();
    if (found == null) {
      throw new ApiRefusal(404, "NOT_OFFERED", "this process hands out no training data");
    }
    return found;
  }
}

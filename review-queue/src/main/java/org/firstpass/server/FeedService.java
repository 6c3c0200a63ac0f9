package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import java.util.function.Supplier;
import org.firstpass.database.Database;
import org.firstpass.database.NoticeListener;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.feed.FeedNews;
import org.firstpass.feed.TrainingFiles;
import org.firstpass.http.FeedRoutes;
import org.firstpass.postgres.FeedRows;
import org.firstpass.security.AuditTrail;
import org.jspecify.annotations.Nullable;

/** The feed of corrections over HTTP, which hears when any server's relay has numbered more. */
final class FeedService implements AutoCloseable {
  private final FeedNews news = new FeedNews();
  private final FeedRoutes routes;
  private final NoticeListener notices;

  /**
   * @param schema whose outbox has the corrections
   * @param files answers null if this process hands out none
   */
  FeedService(
      Database database, String schema, Supplier<@Nullable TrainingFiles> files, AuditTrail audit) {
    this.routes = new FeedRoutes(new FeedRows(database), news, files, audit);
    this.notices =
        new NoticeListener(
            database,
            PostgresOutbox.NUMBERED,
            numbered -> {
              if (numbered.equals(schema)) {
                news.tell();
              }
            });
  }

  void install(RoutesConfig config) {
    routes.install(config);
  }

  void start() {
    notices.start();
  }

  @Override
  public void close() {
    news.end();
    notices.close();
  }
}

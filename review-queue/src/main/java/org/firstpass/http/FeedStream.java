package org.firstpass.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.firstpass.feed.FeedCursor;
import org.firstpass.feed.FeedEntry;
import org.firstpass.feed.FeedNews;
import org.firstpass.feed.FeedPage;
import org.firstpass.feed.TrainingFiles;

/**
 * The feed as server-sent events, each with its place as id: who comes again shows the last one and
 * goes on behind it. A thread of the server writes it, no faster than the follower reads.
 *
 * @see "WHATWG HTML, 9.2 Server-sent events"
 */
final class FeedStream {
  /** By which the server notices who has gone, and the follower that all is well. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  /** Then the follower comes again, and the gate looks at it again. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private static final int RETRY_MILLIS = 1_000;

  private final FeedNews news;
  private final UnaryOperator<FeedPage> following;

  /**
   * @param following the page behind a page
   */
  FeedStream(FeedNews news, UnaryOperator<FeedPage> following) {
    this.news = news;
    this.following = following;
  }

  /**
   * Sends what there is from this page on, and what is told, until its time is over.
   *
   * @param before what was told before the page was read
   */
  void send(Context context, FeedPage first, long before, TrainingFiles files) throws IOException {
    context.contentType("text/event-stream");
    // A proxy that collects what it passes on would make it late.
    context.header("X-Accel-Buffering", "no");
    OutputStream out = context.res().getOutputStream();
    write(out, "retry: " + RETRY_MILLIS + "\n\n");
    long end = System.nanoTime() + LIFE.toNanos();
    long beat = System.nanoTime();
    FeedPage page = first;
    long seen = before;
    boolean waiting = true;
    while (waiting && System.nanoTime() - end < 0) {
      for (FeedEntry entry : page.entries()) {
        write(out, event(page.placeOf(entry), FeedView.entry(entry, files).toString()));
      }
      if (System.nanoTime() - beat > BEAT.toNanos()) {
        write(out, ": all is well\n\n");
        beat = System.nanoTime();
      }
      out.flush();
      waiting = page.more() || news.await(seen, FeedNews.LONGEST_WAIT);
      seen = news.told();
      page = following.apply(page);
    }
  }

  // JSON in one line; its type says what it is, so that all are events of the usual name.
  private static String event(FeedCursor place, String json) {
    return "id: " + place + "\ndata: " + json + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

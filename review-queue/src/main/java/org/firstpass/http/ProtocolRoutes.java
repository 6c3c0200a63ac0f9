package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.firstpass.correction.Protocols;
import org.firstpass.review.ReviewQueue;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Hanging;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tasks/{id}/protocol}: which findings are asked for beside the segments, and how the
 * image hangs.
 */
public final class ProtocolRoutes {
  private final ReviewQueue queue;
  private final Protocols protocols;

  public ProtocolRoutes(ReviewQueue queue, Protocols protocols) {
    this.queue = queue;
    this.protocols = protocols;
  }

  /** A protocol on the wire. */
  record ProtocolView(
      String name,
      int version,
      String instructions,
      List<RequestedView> findings,
      HangingView hanging) {
    static ProtocolView from(Protocol protocol) {
      return new ProtocolView(
          protocol.name(),
          protocol.version(),
          protocol.instructions(),
          protocol.findings().stream().map(RequestedView::from).toList(),
          HangingView.from(protocol.hanging()));
    }
  }

  /** How the image hangs, on the wire: words in lower case. */
  record HangingView(
      List<String> planes,
      String layout,
      Hanging.@Nullable Window window,
      @Nullable String overlay,
      boolean zoomToSegment,
      boolean prior) {
    static HangingView from(Hanging hanging) {
      return new HangingView(
          hanging.planes().stream().map(HangingView::word).toList(),
          word(hanging.layout()),
          hanging.window(),
          hanging.overlay() == null ? null : word(hanging.overlay()),
          hanging.zoomToSegment(),
          hanging.prior());
    }

    private static String word(Enum<?> one) {
      return one.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A finding that is asked for, on the wire.
   *
   * @param segments that it may be of; empty for every one
   */
  record RequestedView(
      CodedConcept concept,
      String kind,
      String appliesTo,
      List<Integer> segments,
      List<CodedConcept> choices,
      int min,
      int max) {
    static RequestedView from(RequestedFinding asked) {
      return new RequestedView(
          asked.concept(),
          asked.kind().name().toLowerCase(Locale.ROOT),
          asked.appliesTo().name().toLowerCase(Locale.ROOT),
          asked.segments().stream().sorted().toList(),
          asked.choices(),
          asked.min(),
          asked.max());
    }
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/protocol", this::protocol, AccessGate.allowImageViewers());
  }

  private void protocol(Context context) {
    UUID task = RequestParts.task(context);
    var row = queue.find(task).orElseThrow(() -> TaskRoutes.unknown(task));
    context.json(ProtocolView.from(protocols.of(row.task().subject().proposal())));
  }
}

package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as {@code {"code", "message"}}; what is our own fault goes to the log, not out. */
final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private ErrorAnswers() {}

  static void install(RoutesConfig routes) {
    routes.exception(StudyRefused.class, (e, context) -> answer(context, 422, e));
    routes.exception(
        TryAgainLater.class,
        (e, context) -> {
          LOG.warn("{} {} has to wait: {}", context.method(), route(context), e.getMessage());
          context.header("Retry-After", "5");
          answer(context, 503, e);
        });
    routes.exception(
        Defect.class,
        (e, context) -> {
          LOG.error("{} {} failed with {}", context.method(), route(context), e.code(), e);
          answer(context, 500, e.code().code(), e.code().advice());
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) -> answer(context, e.getStatus(), "HTTP_" + e.getStatus(), e.getMessage()));
    routes.exception(
        Exception.class,
        (e, context) -> {
          if (context.res().isCommitted() && isIo(e)) {
            LOG.debug("{} {}: the client went away", context.method(), route(context));
            return;
          }
          LOG.error("{} {} failed", context.method(), route(context), e);
          answer(context, 500, "UNEXPECTED", "the server failed; its log says why");
        });
  }

  private static boolean isIo(Exception e) {
    return e instanceof IOException || e instanceof UncheckedIOException;
  }

  static void answer(Context context, int status, String code, @Nullable String message) {
    answer(context, status, code, message, Map.of());
  }

  static void answer(
      Context context,
      int status,
      String code,
      @Nullable String message,
      Map<String, String> details) {
    if (context.res().isCommitted()) {
      // What was begun cannot be taken back; its end is missing, and that is how the client knows.
      return;
    }
    context.res().resetBuffer();
    context.status(status);
    var body = new TreeMap<>(details);
    body.put("code", code);
    body.put("message", Optional.ofNullable(message).orElse(""));
    context.json(body);
  }

  private static void answer(Context context, int status, FirstpassFailure failure) {
    answer(context, status, failure.code().code(), failure.getMessage());
  }

  // The route, not the path: a path may carry what must not be in a log.
  private static String route(Context context) {
    return context.endpoint().path;
  }
}

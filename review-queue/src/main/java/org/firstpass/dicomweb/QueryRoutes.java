package org.firstpass.dicomweb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;

/**
 * QIDO-RS: studies, series and instances by their attributes.
 *
 * @see "PS3.18 section 10.6"
 */
final class QueryRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final QueryRows rows;
  private final AccessLog log;

  QueryRoutes(QueryRows rows, AccessLog log) {
    this.rows = rows;
    this.log = log;
  }

  void install(RoutesConfig routes, RouteRole... readers) {
    Map<String, Level> paths =
        Map.of(
            "/studies", Level.STUDY,
            "/series", Level.SERIES,
            "/instances", Level.INSTANCE,
            "/studies/{study}/series", Level.SERIES,
            "/studies/{study}/instances", Level.INSTANCE,
            "/studies/{study}/series/{series}/instances", Level.INSTANCE);
    paths.forEach((path, level) -> routes.get(Paths.ROOT + path, handler(level), readers));
  }

  private Handler handler(Level level) {
    return context -> answer(context, level);
  }

  private void answer(Context context, Level level) {
    requireJson(context);
    Query query =
        Query.of(
            level,
            Paths.optional(context, "study"),
            Paths.series(context),
            context.queryParamMap());
    log.queried(context);
    QueryRows.Found found = rows.find(query);
    var answer = new QueryAnswer(query, Paths.root(context));
    ArrayNode results = JSON.createArrayNode();
    found.rows().forEach(row -> results.add(answer.of(row)));
    if (found.remaining() > 0) {
      context.header(
          "Warning",
          "299 "
              + Paths.root(context)
              + " \"There are "
              + found.remaining()
              + " additional results that can be requested\"");
    }
    context.status(results.isEmpty() ? 204 : 200);
    context.contentType(DicomJson.MEDIA_TYPE);
    if (!results.isEmpty()) {
      context.result(results.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  static void requireJson(Context context) {
    boolean accepted =
        AcceptedType.of(context).stream()
            .anyMatch(
                type ->
                    type.accepts(DicomJson.MEDIA_TYPE)
                        || type.accepts("application/json")
                        || type.multipart() && type.accepts(DicomJson.MEDIA_TYPE));
    if (!accepted) {
      throw new ApiRefusal(
          406, "NOT_ACCEPTABLE", "this is answered as application/dicom+json only");
    }
  }
}

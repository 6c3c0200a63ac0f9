package org.firstpass.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.firstpass.event.EventJson;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.Route;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Why a series went where it went, as an object in the store: events only refer to it, because its
 * lines may quote headers, and nothing of them is logged or counted.
 *
 * @param rule the name of the rule that decided, null if none did
 * @param packages to which it went, none if it was refused
 * @param refused the reason code, null if it was not
 * @param explanation one line for each thing that was looked at
 */
record RouteStory(
    int format,
    SeriesInstanceUid series,
    @Nullable String rule,
    @Nullable String protocol,
    int priority,
    List<String> packages,
    @Nullable ReasonCode refused,
    List<String> explanation) {
  static final String MEDIA_TYPE = "application/vnd.firstpass.route+json";

  private static final int FORMAT = 1;

  /** Stores the story of a route that asks nobody any more. */
  static ObjectReference store(SeriesInstanceUid series, Route route, ObjectStore store) {
    return store.put(bytes(of(series, route)), MEDIA_TYPE);
  }

  private static RouteStory of(SeriesInstanceUid series, Route route) {
    if (route instanceof Route.Served served) {
      return new RouteStory(
          FORMAT,
          series,
          served.rule(),
          served.protocol(),
          served.priority(),
          served.packages().stream().map(ModelPackage::label).toList(),
          null,
          served.explanation());
    }
    ReasonCode refused = route instanceof Route.Refused of ? of.code() : null;
    return new RouteStory(FORMAT, series, null, null, 0, List.of(), refused, route.explanation());
  }

  private static byte[] bytes(RouteStory story) {
    try {
      return EventJson.mapper().writeValueAsString(story).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write the story of a route", e);
    }
  }
}

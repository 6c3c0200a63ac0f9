package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.study.SeriesInstanceUid;

/** The review queue's tasks of a series. */
final class Tasks {
  private static final int LIMIT = 500;

  private Tasks() {}

  static List<JsonNode> waiting(ReviewClient client, SeriesInstanceUid series) {
    return in("WAITING", client, series);
  }

  static List<JsonNode> in(String state, ReviewClient client, SeriesInstanceUid series) {
    List<JsonNode> tasks = new ArrayList<>();
    for (JsonNode task : client.get("/api/tasks?state=" + state + "&limit=" + LIMIT)) {
      if (task.path("series").asText().equals(series.value())) {
        tasks.add(task);
      }
    }
    return tasks;
  }
}

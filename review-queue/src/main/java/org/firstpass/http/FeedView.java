package org.firstpass.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.feed.FeedEntry;
import org.firstpass.feed.FeedPage;
import org.firstpass.feed.TrainingFiles;

/**
 * What is told, as CloudEvents in JSON. A reader appears under the name that data sets have.
 *
 * @see "CloudEvents JSON format 1.0.2, section 3"
 */
final class FeedView {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  private FeedView() {}

  static ObjectNode page(FeedPage page, TrainingFiles files) {
    ObjectNode view = MAPPER.createObjectNode();
    ArrayNode events = view.putArray("events");
    page.entries().forEach(entry -> events.add(entry(entry, files)));
    return view.put("next", page.next().toString()).put("more", page.more());
  }

  static ObjectNode entry(FeedEntry entry, TrainingFiles files) {
    ObjectNode view = MAPPER.createObjectNode();
    new TreeMap<>(entry.event().attributes()).forEach(view::put);
    entry
        .correction()
        .ifPresent(correction -> view.set("data", data(entry.event(), correction, files)));
    return view;
  }

  /** As it was told, also what a later version added, but for the reader's name. */
  private static ObjectNode data(
      EncodedEvent event, CorrectionAccepted correction, TrainingFiles files) {
    try {
      ObjectNode data = (ObjectNode) MAPPER.readTree(event.json());
      return data.put("reader", files.readerName(correction.reader()));
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.EVENT_UNREADABLE, "a row of the outbox is damaged", e);
    }
  }
}

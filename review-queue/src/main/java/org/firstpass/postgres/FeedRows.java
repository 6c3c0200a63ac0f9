package org.firstpass.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventCodec;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.feed.CorrectionFeed;
import org.firstpass.feed.FeedCursor;
import org.firstpass.feed.FeedEntry;
import org.firstpass.feed.FeedPage;
import org.firstpass.stream.Topics;
import org.jdbi.v3.core.Handle;

/**
 * The corrections as rows of the outbox, which keeps what it sent, numbered as it was sent. Safe
 * for use by many threads.
 */
public final class FeedRows implements CorrectionFeed {
  private static final ObjectMapper MAPPER = EventJson.mapper();
  private static final EventCodec CODEC = new EventCodec();

  /** What is told: of series that were erased, only that they were. */
  private static final String TOLD =
      """
      select o.position, o.attributes, o.data from review.outbox o
      where o.topic = :topic
        and (json_typeof(o.data) = 'null' or not exists (
          select from review.outbox e
          where e.topic = o.topic and e.record_key = o.record_key and json_typeof(e.data) = 'null'))
      """;

  private final Database database;

  public FeedRows(Database database) {
    this.database = database;
  }

  @Override
  public FeedPage after(Optional<FeedCursor> after, int limit) {
    return database.inTransaction(
        handle -> {
          FeedCursor from = known(handle, after);
          List<FeedEntry> rows =
              handle
                  .createQuery(TOLD + " and o.position > :after order by o.position limit :limit")
                  .bind("topic", Topics.CORRECTIONS.name())
                  .bind("after", from.position())
                  .bind("limit", limit + 1)
                  .map((row, context) -> entry(row))
                  .list();
          List<FeedEntry> page = rows.subList(0, Math.min(limit, rows.size()));
          long next = page.isEmpty() ? from.position() : page.get(page.size() - 1).position();
          return new FeedPage(page, new FeedCursor(from.feed(), next), rows.size() > limit);
        });
  }

  private static FeedCursor known(Handle handle, Optional<FeedCursor> after) {
    FeedCursor last =
        handle
            .createQuery("select outbox_id, last_position from review.outbox_counter")
            .map(
                (row, context) ->
                    new FeedCursor(
                        row.getObject("outbox_id", UUID.class), row.getLong("last_position")))
            .one();
    FeedCursor from = after.orElse(new FeedCursor(last.feed(), 0));
    if (!from.feed().equals(last.feed())) {
      throw new UnknownCursor("the cursor is of another installation's feed");
    }
    if (from.position() > last.position()) {
      throw new UnknownCursor("the feed has not come that far: its database was set back");
    }
    return from;
  }

  @Override
  public Optional<FeedEntry> find(UUID correction) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(TOLD + " and o.event_id = :id")
                .bind("topic", Topics.CORRECTIONS.name())
                .bind("id", correction)
                .map((row, context) -> entry(row))
                .findOne());
  }

  private static FeedEntry entry(ResultSet row) throws SQLException {
    var event = new EncodedEvent(attributes(row.getString("attributes")), row.getString("data"));
    return new FeedEntry(
        row.getLong("position"),
        event,
        event.isTombstone()
            ? Optional.empty()
            : Optional.of((CorrectionAccepted) CODEC.decode(event)));
  }

  private static Map<String, String> attributes(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.EVENT_UNREADABLE, "a row of the outbox is damaged", e);
    }
  }
}

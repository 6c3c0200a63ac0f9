package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.firstpass.finding.FindingChange;
import org.firstpass.finding.FindingCodec;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.Runs;
import org.firstpass.journal.StrokeJournal;
import org.firstpass.journal.StrokeJournal.Answer;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tasks/{id}/journal}: the steps of the reader who asks. They are taken whether or not
 * the lease still holds, so that no work is lost with it; only a submission asks for the lease.
 */
public final class JournalRoutes {
  private static final int MAX_ENTRIES = 10_000;

  private final StrokeJournal journal;

  public JournalRoutes(StrokeJournal journal) {
    this.journal = journal;
  }

  /**
   * A step on the wire.
   *
   * @param runs in base64, see {@link Runs}
   * @param finding as {@link FindingCodec} writes a step on one
   */
  record EntryView(
      int number,
      String kind,
      int of,
      String tool,
      int segment,
      long at,
      long activeMillis,
      double pathMm,
      String runs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode finding) {
    static EntryView from(JournalEntry entry) {
      return new EntryView(
          entry.number(),
          entry.kind().name().toLowerCase(Locale.ROOT),
          entry.of(),
          entry.tool(),
          entry.segment(),
          entry.at().toEpochMilli(),
          entry.activeMillis(),
          entry.pathMm(),
          Base64.getEncoder().encodeToString(entry.runs().toBytes()),
          entry.finding() == null ? null : FindingCodec.tree(entry.finding()));
    }
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/journal", this::open, AccessGate.allowReaders());
    routes.post("/api/tasks/{id}/journal", this::append, AccessGate.allowReaders());
  }

  private void open(Context context) {
    UUID task = RequestParts.task(context);
    String reader = AccessGate.identity(context).subject();
    List<EntryView> entries = journal.open(task, reader).stream().map(EntryView::from).toList();
    context.json(Map.of("entries", entries, "turns", journal.turns(task, reader)));
  }

  private void append(Context context) {
    UUID task = RequestParts.task(context);
    String reader = AccessGate.identity(context).subject();
    List<JournalEntry> entries = entries(RequestParts.json(context.body()), reader);
    Answer answer = journal.append(task, reader, entries);
    if (answer instanceof Answer.Kept kept) {
      context.json(Map.of("last", kept.last()));
    } else if (answer instanceof Answer.MovedOn moved) {
      throw new ApiRefusal(
          409,
          "JOURNAL_MOVED_ON",
          "this task went on elsewhere under your name, up to step "
              + moved.last()
              + "; load it again to go on from there");
    } else {
      throw TaskRoutes.unknown(task);
    }
  }

  private static List<JournalEntry> entries(JsonNode body, String reader) {
    JsonNode list = body.path("entries");
    if (!list.isArray() || list.size() > MAX_ENTRIES) {
      throw RequestParts.malformed("'entries' is a list of up to " + MAX_ENTRIES + " steps");
    }
    var entries = new ArrayList<JournalEntry>();
    for (JsonNode node : list) {
      JournalEntry entry = entry(node, reader);
      if (!entries.isEmpty() && entry.number() != entries.get(entries.size() - 1).number() + 1) {
        throw RequestParts.malformed("steps are numbered one after the other");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static JournalEntry entry(JsonNode node, String reader) {
    Instant at = Instant.ofEpochMilli(node.path("at").asLong(0));
    return new JournalEntry(
        node.path("number").asInt(0),
        kind(node.path("kind").asText("")),
        node.path("of").asInt(0),
        node.path("tool").asText(""),
        node.path("segment").asInt(0),
        at,
        node.path("activeMillis").asLong(0),
        node.path("pathMm").asDouble(0),
        runs(node.path("runs").asText("")),
        node.hasNonNull("finding") ? finding(node.get("finding"), reader, at) : null);
  }

  private static FindingChange finding(JsonNode change, String reader, Instant at) {
    try {
      return FindingCodec.read(change, reader, at);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'finding': " + e.getMessage());
    }
  }

  private static JournalEntry.Kind kind(String name) {
    return Arrays.stream(JournalEntry.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> RequestParts.malformed("'kind' is edit, undo or redo"));
  }

  private static Runs runs(String base64) {
    try {
      return Runs.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'runs' is base64");
    }
  }
}

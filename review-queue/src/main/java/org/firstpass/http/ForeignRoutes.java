package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.DecisionAnswer;
import org.firstpass.foreign.ForeignDesk;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.foreign.PersonsWord;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.segment.Verdict;

/** {@code /api/foreign}: what other programs stored, and what a reader decides on it. */
public final class ForeignRoutes {
  private static final int LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final ForeignLedger ledger;
  private final ForeignDesk desk;
  private final AuditTrail audit;

  public ForeignRoutes(ForeignLedger ledger, ForeignDesk desk, AuditTrail audit) {
    this.ledger = ledger;
    this.desk = desk;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/foreign", this::list, AccessGate.allowViewers());
    routes.get("/api/foreign/{id}", this::one, AccessGate.allowViewers());
    routes.post("/api/foreign/{id}/confirm", this::confirm, AccessGate.allowReaders());
    routes.post("/api/foreign/{id}/decision", this::decide, AccessGate.allowReaders());
  }

  private void list(Context context) {
    String text = Optional.ofNullable(context.queryParam("state")).orElse(State.KEPT.name());
    State state =
        Arrays.stream(State.values())
            .filter(known -> known.name().equals(text.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    RequestParts.malformed("'state' is one of " + Arrays.toString(State.values())));
    int limit = RequestParts.number(context, "limit", LIMIT, MAX_LIMIT);
    context.json(ledger.list(state, limit).stream().map(ForeignView::from).toList());
  }

  private void one(Context context) {
    UUID id = RequestParts.task(context);
    context.json(ForeignView.from(ledger.find(id).orElseThrow(() -> unknown(id))));
  }

  private void confirm(Context context) {
    UUID id = RequestParts.task(context);
    answer(context, id, desk.decide(id, reader(context), PersonsWord.NONE));
  }

  private void decide(Context context) {
    UUID id = RequestParts.task(context);
    JsonNode body = RequestParts.json(context.body());
    if (body.path("discard").asBoolean(false)) {
      answer(context, id, desk.discard(id, reader(context)));
      return;
    }
    answer(context, id, desk.decide(id, reader(context), word(body)));
  }

  private static PersonsWord word(JsonNode body) {
    Map<Integer, Verdict> missing = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : fields(body.path("missing"))) {
      missing.put(number(field.getKey()), keptOrRemoved(field.getValue().asText("")));
    }
    Map<Integer, Integer> mapping = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : fields(body.path("mapping"))) {
      mapping.put(number(field.getKey()), number(field.getValue().asText("")));
    }
    List<Integer> winners = new ArrayList<>();
    body.path("winners").forEach(winner -> winners.add(number(winner.asText(""))));
    return new PersonsWord(task(body), mapping, winners, missing);
  }

  private static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
    object.fields().forEachRemaining(fields::add);
    return fields;
  }

  private static @org.jspecify.annotations.Nullable UUID task(JsonNode body) {
    String text = body.path("task").asText("");
    try {
      return text.isEmpty() ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'task' is a UUID");
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw RequestParts.malformed(
          "'mapping', 'winners' and 'missing' name segments by their numbers");
    }
  }

  private static Verdict keptOrRemoved(String name) {
    return switch (name) {
      case "ACCEPT" -> Verdict.ACCEPT;
      case "REJECT" -> Verdict.REJECT;
      case "NOT_ASSESSABLE" -> Verdict.NOT_ASSESSABLE;
      default ->
          throw RequestParts.malformed(
              "'missing' says ACCEPT, REJECT or NOT_ASSESSABLE of each segment");
    };
  }

  private void answer(Context context, UUID id, DecisionAnswer answer) {
    if (answer instanceof DecisionAnswer.Taken taken) {
      record(context, taken.item(), AuditAction.TASK_SUBMITTED);
      context.json(Map.of("object", ForeignView.from(taken.item()), "receipt", taken.receipt()));
    } else if (answer instanceof DecisionAnswer.Filed filed) {
      if (!filed.item().filed().state().isFinal()) {
        throw open(filed.item());
      }
      if (filed.item().filed().reason() == ReasonCode.FOREIGN_DISCARDED) {
        record(context, filed.item(), AuditAction.OBJECT_DISCARDED);
      }
      context.json(Map.of("object", ForeignView.from(filed.item())));
    } else if (answer instanceof DecisionAnswer.Open open) {
      throw open(open.item());
    } else if (answer instanceof DecisionAnswer.Held held) {
      throw new ApiRefusal(
          409,
          "HELD",
          "the task is held by '" + held.lease().holder() + "' until " + held.lease().until());
    } else {
      throw unknown(id);
    }
  }

  private static ApiRefusal open(ForeignItem item) {
    ReasonCode reason = item.filed().reason();
    return new ApiRefusal(
        409,
        reason == null ? "OPEN" : reason.code(),
        (reason == null ? "" : reason.advice() + " ")
            + Optional.ofNullable(item.filed().explanation()).orElse(""));
  }

  private void record(Context context, ForeignItem item, AuditAction action) {
    UUID task = item.filed().task();
    audit.record(
        AuditFact.of(
            reader(context),
            action,
            task == null ? item.id().toString() : task.toString(),
            Map.of("foreign", item.id().toString())));
  }

  private static String reader(Context context) {
    return AccessGate.identity(context).subject();
  }

  private static ApiRefusal unknown(UUID id) {
    return new ApiRefusal(404, "NO_SUCH_OBJECT", "there is no foreign object " + id);
  }
}

package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistSection;

/**
 * What a request for a page of the worklist asks for. It is a body, not an address: what is typed
 * into the search may be an accession number, and addresses end up in histories and logs.
 *
 * @param wishes what else the tasks have to be
 * @param search as it was typed, without blanks around it
 */
record WorklistQuery(
    WorklistSection section,
    WorklistFilter.Kind kind,
    Wishes wishes,
    Optional<String> search,
    Paging paging) {
  private static final int LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_TEXT = 128;

  /**
   * What else the tasks have to be.
   *
   * @param mine what the caller holds or decided
   * @param handedToMe what a colleague meant for the caller
   */
  record Wishes(boolean mine, boolean handedToMe, boolean flagged, Optional<Instant> dueBefore) {
    WorklistFilter filter(
        WorklistFilter.Kind kind, String caller, Optional<WorklistFilter.Search> search) {
      return new WorklistFilter(
          kind,
          mine ? Optional.of(caller) : Optional.empty(),
          handedToMe ? Optional.of(caller) : Optional.empty(),
          dueBefore,
          flagged,
          search);
    }
  }

  /** Where the page begins, and how long it is. */
  record Paging(Optional<Place> after, int limit) {}

  static WorklistQuery of(JsonNode body) {
    return new WorklistQuery(
        section(body.path("section").asText("NEXT")),
        new WorklistFilter.Kind(
            text(body, "modality"),
            text(body, "package"),
            text(body, "protocol"),
            text(body, "tag")),
        new Wishes(
            body.path("mine").asBoolean(false),
            body.path("handedToMe").asBoolean(false),
            body.path("flagged").asBoolean(false),
            text(body, "dueBefore").map(WorklistQuery::instant)),
        text(body, "search"),
        new Paging(text(body, "after").map(WorklistQuery::place), limit(body)));
  }

  /** The word for the place where a page ended, as a page that follows shows it again. */
  static String word(Place place) {
    byte[] bytes = (place.key() + " " + place.id()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Place place(String word) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      return new Place(text.substring(0, blank), UUID.fromString(text.substring(blank + 1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw RequestParts.malformed("'after' is what the page before gave as 'next'");
    }
  }

  private static WorklistSection section(String name) {
    try {
      return WorklistSection.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed(
          "'section' is one of " + Arrays.toString(WorklistSection.values()));
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw RequestParts.malformed("'dueBefore' is a time such as 2026-11-02T08:00:00Z");
    }
  }

  private static int limit(JsonNode body) {
    int limit = body.path("limit").asInt(LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RequestParts.malformed("'limit' is a whole number from 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  private static Optional<String> text(JsonNode body, String field) {
    String text = body.path(field).asText("").strip();
    if (text.length() > MAX_TEXT) {
      throw RequestParts.malformed("'" + field + "' has at most " + MAX_TEXT + " characters");
    }
    return text.isEmpty() || text.equals("null") ? Optional.empty() : Optional.of(text);
  }
}

package org.firstpass.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.peer.WebCalls;
import org.firstpass.study.SeriesInstanceUid;

/**
 * Questions to one DICOMweb archive, page by page. Safe for use by many threads.
 *
 * @see "PS3.18 section 8.3.4 and 10.6"
 */
final class WebQueries {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int OK = 200;
  private static final int TOO_MANY = 413;
  private static final int PAGE = 200;
  private static final Set<Integer> NOTHING = Set.of(204, 404);

  private final WebCalls calls;
  private final Duration limit;

  WebQueries(WebCalls calls, Duration limit) {
    this.calls = calls;
    this.limit = limit;
  }

  QueryAnswer<FoundStudy> studies(StudyQuery query, int most) {
    return all(
        "/studies?" + parameters(query),
        most,
        match -> match.study().filter(found -> query.matches(found, match.accessionNumber())),
        FoundStudy::study);
  }

  QueryAnswer<FoundSeries> series(StudyKey study, int most) {
    return all(
        "/studies/" + study.study() + "/series?" + included("00180015", "0008103E", "00201209"),
        most,
        WebMatch::series,
        FoundSeries::series);
  }

  QueryAnswer<FoundInstance> instances(StudyKey study, SeriesInstanceUid series, int most) {
    return all(
        "/studies/"
            + study.study()
            + "/series/"
            + series
            + "/instances?"
            + included("00080016", "00080018"),
        most,
        WebMatch::instance,
        FoundInstance::instance);
  }

  /**
   * Asks for pages until one brings nothing new: servers may send fewer than they are asked for, or
   * ignore the offset.
   */
  private <T> QueryAnswer<T> all(
      String path, int most, Function<WebMatch, Optional<T>> reading, Function<T, ?> identity) {
    Map<Object, T> found = new LinkedHashMap<>();
    int answered = 0;
    int unusable = 0;
    while (answered < most) {
      WebCalls.Text answer = calls.get(path + "&limit=" + PAGE + "&offset=" + answered, limit);
      int status = answer.head().status();
      if (status == TOO_MANY) {
        return new QueryAnswer<>(List.copyOf(found.values()), true, unusable);
      }
      JsonNode page = page(answer);
      int before = found.size();
      int unsound = 0;
      for (JsonNode each : page) {
        Optional<T> match = reading.apply(new WebMatch(each));
        match.ifPresent(one -> found.putIfAbsent(identity.apply(one), one));
        unsound += match.isPresent() ? 0 : 1;
      }
      if (page.isEmpty() || found.size() == before && unsound < page.size()) {
        return new QueryAnswer<>(List.copyOf(found.values()), false, unusable);
      }
      unusable += unsound;
      answered += page.size();
    }
    return new QueryAnswer<>(List.copyOf(found.values()), true, unusable);
  }

  private JsonNode page(WebCalls.Text answer) {
    int status = answer.head().status();
    if (NOTHING.contains(status)) {
      return MAPPER.createArrayNode();
    }
    if (status != OK) {
      String told = "answered the query with HTTP status " + status;
      if (answer.head().isPassing()) {
        throw calls.unavailable(told, null);
      }
      throw new StudyRefused(ReasonCode.QUERY_REFUSED, told);
    }
    try {
      JsonNode page = MAPPER.readTree(answer.body());
      if (page != null && page.isArray()) {
        return page;
      }
    } catch (IOException e) {
      throw new StudyRefused(ReasonCode.ANSWER_MALFORMED, "expected DICOM JSON", e);
    }
    throw new StudyRefused(ReasonCode.ANSWER_MALFORMED, "expected an array of DICOM JSON");
  }

  // An issuer is no key of all servers; StudyQuery sorts other issuers out.
  private static String parameters(StudyQuery query) {
    Map<String, String> keys = new LinkedHashMap<>();
    if (query.patient() != null) {
      keys.put("PatientID", query.patient().id());
    }
    if (query.study() != null) {
      keys.put("StudyInstanceUID", query.study().value());
    }
    keys.put("AccessionNumber", query.accessionNumber());
    keys.put("StudyDate", query.period().dates());
    keys.put("StudyTime", query.period().times());
    keys.put(
        "ModalitiesInStudy",
        query.modalities().size() == 1 ? query.modalities().iterator().next() : "");
    String asked =
        keys.entrySet().stream()
            .filter(key -> !key.getValue().isEmpty())
            .map(key -> key.getKey() + "=" + encoded(key.getValue()) + "&")
            .collect(Collectors.joining());
    return asked + included("00080050", "00080061", "00100020", "00100021", "00201206", "00201208");
  }

  private static String included(String... tags) {
    return Arrays.stream(tags).map(tag -> "includefield=" + tag).collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package org.firstpass.http.ups;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;
import org.firstpass.ups.WorkitemJson;

/** What the requests and answers of UPS-RS have in common. */
final class UpsHttp {
  static final String ROOT = "/dicom-web";
  private static final List<String> JSON = List.of(DicomJson.MEDIA_TYPE, "application/json");
  private static final List<String> ANY = List.of(AcceptedType.ANY, "application/*");

  private UpsHttp() {}

  /** The URL of this DICOMweb service, as the caller reaches it. */
  static String service(Context context) {
    return context.scheme() + "://" + context.host() + ROOT;
  }

  static void warn(Context context, String text) {
    context.header("Warning", "299 " + service(context) + ": " + text);
  }

  static void answer(Context context, List<DataSet> datasets) {
    context.contentType(DicomJson.MEDIA_TYPE).result(DicomJson.of(datasets));
  }

  /** The data set in the body. */
  static DataSet body(Context context) {
    String type = mediaType(Optional.ofNullable(context.contentType()).orElse(""));
    if (!JSON.contains(type)) {
      throw new ApiRefusal(
          415, "NOT_DICOM_JSON", "the request's Content-Type is " + DicomJson.MEDIA_TYPE);
    }
    return WorkitemJson.parse(context.body());
  }

  /** The data set in the body, or an empty one if there is no body. */
  static DataSet optionalBody(Context context) {
    return context.body().isBlank() ? new DataSet() : body(context);
  }

  static void requireAcceptable(Context context) {
    boolean acceptable =
        AcceptedType.of(context).stream()
            .anyMatch(range -> JSON.contains(range.type()) || ANY.contains(range.type()));
    if (!acceptable) {
      throw new ApiRefusal(
          406, "NOT_ACCEPTABLE", "workitems are answered as " + DicomJson.MEDIA_TYPE);
    }
  }

  private static String mediaType(String header) {
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * A UID in the query, either on its own, as PS3.18 writes it, or as the value of one of these
   * names, as others do.
   */
  static Optional<String> uid(Context context, String... names) {
    String query = context.queryString();
    if (query == null || query.isBlank()) {
      return Optional.empty();
    }
    for (String name : names) {
      String value = context.queryParam(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Arrays.stream(query.split("&", -1))
        .filter(part -> !part.isEmpty() && part.indexOf('=') < 0)
        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
        .findFirst();
  }
}

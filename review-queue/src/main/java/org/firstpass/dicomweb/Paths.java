package org.firstpass.dicomweb;

import io.javalin.http.Context;
import java.util.Optional;
import org.firstpass.http.ApiRefusal;

/** What a request's path names, and the address that it came to. */
final class Paths {
  static final String ROOT = "/dicom-web";

  private Paths() {}

  static String study(Context context) {
    return uid(context, "study");
  }

  static Optional<String> series(Context context) {
    return optional(context, "series");
  }

  static Optional<String> instance(Context context) {
    return optional(context, "instance");
  }

  static Optional<String> optional(Context context, String name) {
    return context.pathParamMap().containsKey(name)
        ? Optional.of(uid(context, name))
        : Optional.empty();
  }

  /** The root of the server as the client wrote it. */
  static String root(Context context) {
    String host = context.host();
    return context.scheme() + "://" + (host == null ? "localhost" : host) + ROOT;
  }

  private static String uid(Context context, String name) {
    String value = context.pathParam(name);
    if (!value.matches("[0-9.]{1,64}")) {
      throw new ApiRefusal(400, "MALFORMED_UID", "a UID is digits and dots, at most 64 characters");
    }
    return value;
  }
}

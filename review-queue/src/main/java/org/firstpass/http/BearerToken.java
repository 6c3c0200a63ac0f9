package org.firstpass.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.security.Session;

/** Where a caller's token is: the Authorization header of a program, or the cookie of the page. */
final class BearerToken {
  static final String COOKIE = "firstpass";
  private static final String SCHEME = "bearer ";

  private BearerToken() {}

  /** The token of the header, or if there is no such header, of the cookie. */
  static Optional<String> of(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      return Optional.ofNullable(context.cookie(COOKIE)).filter(token -> !token.isBlank());
    }
    return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  static boolean isInHeader(Context context) {
    return context.header("Authorization") != null;
  }

  static void setCookie(Context context, Session session) {
    context.cookie(cookie(context, session.token(), -1));
  }

  static void clearCookie(Context context) {
    context.cookie(cookie(context, "", 0));
  }

  private static Cookie cookie(Context context, String value, int maxAge) {
    boolean secure = "https".equals(context.scheme());
    return new Cookie(COOKIE, value, "/", maxAge, secure, true, null, SameSite.STRICT);
  }
}

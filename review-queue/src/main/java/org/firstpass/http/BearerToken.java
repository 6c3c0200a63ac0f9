package org.firstpass.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.security.Session;

/**
 * Where a caller's token is: the Authorization header of a program, or the cookie of the page.
 *
 * <p>DICOMweb clients often know no other scheme than Basic, so the password of Basic may be a
 * token; the user's name beside it does not count. A user's own password is not taken there: it
 * would be sent and checked with every request.
 */
final class BearerToken {
  static final String COOKIE = "firstpass";
  private static final String SCHEME = "bearer ";
  private static final String BASIC = "basic ";

  private BearerToken() {}

  /** The token of the header, or if there is no such header, of the cookie. */
  static Optional<String> of(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      return Optional.ofNullable(context.cookie(COOKIE)).filter(token -> !token.isBlank());
    }
    String scheme = header.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BASIC)) {
      return passwordOf(header.substring(BASIC.length()).strip());
    }
    return scheme.startsWith(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> passwordOf(String credentials) {
    try {
      byte[] decoded = Base64.getDecoder().decode(credentials);
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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

package org.firstpass.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a request comes from: our own page, another page in the same browser, or this machine.
 *
 * <p>A cookie is sent by the browser whatever page asks, so whoever changes something with it also
 * shows a header that only a page of our own origin can set. SameSite alone does not do: another
 * port of the same host is the same site.
 */
final class CallerOrigin {
  /** The header that the page sends with every request. */
  static final String PAGE_HEADER = "X-Firstpass-Page";

  private CallerOrigin() {}

  static void requireOwn(Context context, boolean safeMethod) {
    if (safeMethod || BearerToken.isInHeader(context)) {
      return;
    }
    String origin = context.header("Origin");
    String host = context.header("Host");
    boolean foreign = origin != null && (host == null || !authority(origin).equals(lower(host)));
    String site = context.header("Sec-Fetch-Site");
    if (foreign || site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new ApiRefusal(
          403, "FOREIGN_ORIGIN", "this request comes from a page that is not Firstpass's own");
    }
    if (context.cookie(BearerToken.COOKIE) != null && context.header(PAGE_HEADER) == null) {
      throw new ApiRefusal(
          403,
          "PAGE_HEADER_MISSING",
          "a request with the cookie also has the header "
              + PAGE_HEADER
              + "; a program uses 'Authorization: Bearer' instead");
    }
  }

  static boolean isLoopback(Context context) {
    try {
      // A literal address is not looked up. A proxy on this machine says so in a header.
      return InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress()
          && context.header("X-Forwarded-For") == null
          && context.header("Forwarded") == null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String authority(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? "" : lower(origin.substring(scheme + 3));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

package org.firstpass.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;

/**
 * A system that is reached by DICOMweb.
 *
 * @param url of its DICOMweb root, without {@code /studies}
 * @param authorization a file with the value of the Authorization header, {@code Bearer …}; read
 *     anew for every attempt; null for none
 * @param tls our certificate and whom we trust; null: those of Java
 */
public record WebAddress(
    @Nullable String url, @Nullable String authorization, @Nullable TlsAddress tls) {
  public WebAddress {
    URI root = parse(url);
    Requirement.that(
        "http".equals(root.getScheme()) || "https".equals(root.getScheme()),
        "url must begin with http:// or https://, but is '" + url + "'");
    Requirement.that(root.getHost() != null, "url must name a host, but is '" + url + "'");
    Requirement.that(
        root.getUserInfo() == null && root.getQuery() == null && root.getFragment() == null,
        "url must have no user, query or fragment; credentials belong in authorization");
    if (authorization != null) {
      Requirement.that(
          Files.isReadable(Path.of(authorization)),
          "authorization must be a file that can be read, but is '" + authorization + "'");
    }
    if (tls != null) {
      Requirement.that(
          "https".equals(root.getScheme()), "tls takes a url that begins with https://");
      tls.material();
    }
  }

  /** Over what Java trusts. */
  public WebAddress(@Nullable String url, @Nullable String authorization) {
    this(url, authorization, null);
  }

  /** A client that speaks to it, with its own pool of connections. */
  HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder();
    if (tls != null) {
      TlsMaterial material = tls.material();
      var parameters = new SSLParameters(TlsMaterial.suites(), TlsMaterial.protocols());
      client.sslContext(material.calling()).sslParameters(parameters);
    }
    return client.build();
  }

  private static URI parse(@Nullable String url) {
    try {
      return URI.create(Requirement.text("url", url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("url is not a URL: " + e.getMessage(), e);
    }
  }

  URI resource(String path) {
    String root = Requirement.text("url", url);
    return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
  }

  /** The header's value as the file has it now. */
  Optional<String> authorizationHeader() {
    if (authorization == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(authorization)).strip());
    } catch (IOException e) {
      throw new TryAgainLater(
          ReasonCode.DESTINATION_DENIES, "the file of the authorization cannot be read", e);
    }
  }
}

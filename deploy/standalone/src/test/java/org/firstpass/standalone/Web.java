package org.firstpass.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A page as anybody sees it. */
final class Web {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Web() {}

  static String get(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}

package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageRoutesTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|(?:from|import\\(|import)\\s*\"\\./([^\"]+)\"");
  private static final Pattern FOREIGN = Pattern.compile("https?://(?!www\\.w3\\.org/)");
  private static GateFixture server;

  @BeforeAll
  static void start() {
    server = new GateFixture(routes -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyFileThatThePageNeedsIsServedAndNoneComesFromElsewhere() {
    Map<String, String> files = files();
    assertTrue(files.size() >= 4, () -> "too few files to be the whole page: " + files.keySet());
    files.forEach(
        (path, text) -> assertFalse(FOREIGN.matcher(text).find(), path + " names another host"));
  }

  @Test
  void nothingInThePageNeedsAWeakerPolicy() {
    String html = server.send("GET", "/", "").body();
    assertFalse(Pattern.compile("<script(?![^>]*src=)").matcher(html).find(), "inline script");
    assertFalse(Pattern.compile("<style|\\sstyle=|\\son[a-z]+=").matcher(html).find());
  }

  /** Of our own sources: the libraries can make markup from strings, and are not asked to. */
  @Test
  void noViewMakesMarkupFromStrings() throws IOException {
    Pattern markup =
        Pattern.compile("[iI]nnerHTML|outerHTML|insertAdjacentHTML|\\beval\\(|document\\.write");
    try (Stream<Path> sources = Files.walk(Path.of("editor/src"))) {
      List<Path> found = sources.filter(Files::isRegularFile).toList();
      assertTrue(found.size() > 30);
      for (Path source : found) {
        assertFalse(markup.matcher(Files.readString(source)).find(), source.toString());
      }
    }
  }

  @Test
  void onlyThePagesOwnFilesAreServed() {
    for (String path : List.of("/page/nothing.js", "/page/..%2Findex.html", "/page/app.js.map")) {
      assertEquals(404, server.send("GET", path, "").statusCode(), path);
    }
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    HttpResponse<String> first = server.send("GET", "/page/app.js", "");
    assertEquals(
        "text/javascript; charset=utf-8",
        first.headers().firstValue("Content-Type").orElse("").toLowerCase(java.util.Locale.ROOT));
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = server.send("GET", "/page/app.js", "", "If-None-Match", tag);
    assertEquals(304, second.statusCode());
    assertEquals("", second.body());
  }

  private static Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    open.add("/");
    while (!open.isEmpty()) {
      String path = open.remove();
      if (files.containsKey(path)) {
        continue;
      }
      HttpResponse<String> answer = server.send("GET", path, "");
      assertEquals(200, answer.statusCode(), path);
      files.put(path, answer.body());
      var references = REFERENCE.matcher(answer.body());
      while (references.find()) {
        open.add(
            references.group(1) != null ? references.group(1) : "/page/" + references.group(2));
      }
    }
    return files;
  }
}

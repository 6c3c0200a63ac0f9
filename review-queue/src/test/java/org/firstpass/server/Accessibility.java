package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** What axe-core finds that keeps people from using the page, by WCAG 2.2 AA and good practice. */
final class Accessibility {
  private static final String AXE = axe();

  /** Rules that axe-core leaves off by itself stay off, but for the size of targets (2.5.8). */
  private static final String RUN =
      """
      return axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
        resultTypes: ['violations']
      }).then(found => found.violations.flatMap(({id, nodes}) => nodes.map(({target, any, all, none}) =>
        id + ' at ' + target.join(' ') + ': ' + [...any, ...all, ...none].map(({message}) => message).join('; '))));
      """;

  private Accessibility() {}

  /** Fails if anything is found on the page as it is now. */
  @SuppressWarnings("unchecked")
  static void check(Browser browser, String state) {
    if (!Boolean.TRUE.equals(browser.ask("return typeof axe !== 'undefined'"))) {
      browser.ask(AXE);
    }
    var found = (List<String>) browser.ask(RUN);
    assertEquals(List.of(), found, () -> state + ":\n" + String.join("\n", found) + "\n");
  }

  private static String axe() {
    var version = new Properties();
    try (InputStream properties = open("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      version.load(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String folder = "/META-INF/resources/webjars/axe-core/" + version.getProperty("version");
    try (InputStream script = open(folder + "/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    return Accessibility.class.getResourceAsStream(resource);
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.firstpass.http.PageRoutes;
import org.junit.jupiter.api.Test;

/** How much a browser fetches before a page is there, as gzip packs it. */
class PageSizeTest {
  private static final int KB = 1000;
  private static final List<String> LANGUAGES = List.of("en", "de");
  private static final int MOST_OF_THE_FRAME = 40 * KB;

  /** Everything that is loaded before a reader sees a case and draws on it. */
  private static final int MOST_OF_A_CASE = 80 * KB;

  /** With what is loaded while the case is read, but space and plots. */
  private static final int MOST_WITH_ALL_AT_HAND = 120 * KB;

  private static final Pattern STATIC =
      Pattern.compile("(?:from|import)\\s*\"\\./([A-Za-z0-9-]+\\.js)\"");
  private static final Pattern LAZY = Pattern.compile("import\\(\"\\./([A-Za-z0-9-]+\\.js)\"\\)");

  @Test
  void whatEverybodyWaitsForIsSmall() {
    Set<String> files = loadedWith(List.of("app.js"));
    assertTrue(files.size() > 3, () -> "the imports were not followed: " + files);
    assertSize(files, "page", MOST_OF_THE_FRAME);
  }

  @Test
  void aCaseIsSeenAndDrawnOnWithWhatIsSmall() {
    Set<String> files = loadedWith(List.of("app.js", lazy("case-view")));
    assertSize(files, "page", MOST_OF_A_CASE);
  }

  @Test
  void whatACaseHasAtHandIsSmallToo() {
    Set<String> files = loadedWith(List.of("app.js", lazy("case-view"), lazy("at-hand")));
    assertSize(files, "aids", MOST_WITH_ALL_AT_HAND - packedTexts("page"));
  }

  @Test
  void nobodyLoadsTheTextsOfAnotherLanguage() {
    for (String language : LANGUAGES) {
      String words = text(texts("page", language));
      assertEquals(language.equals("en"), words.contains("\"Log in\""), language);
      assertEquals(language.equals("de"), words.contains("\"Anmelden\""), language);
    }
  }

  @Test
  void spaceAndPlotsAreLoadedOnlyWhereTheyAreShown() {
    Set<String> files = loadedWith(List.of("app.js", lazy("case-view"), lazy("worklist-view")));
    assertTrue(
        files.stream().noneMatch(file -> file.startsWith("surface") || file.startsWith("quality")),
        files::toString);
  }

  private static String texts(String area, String language) {
    return "texts-" + area + "-" + language + ".js";
  }

  /** In the language that takes more. */
  private static int packedTexts(String area) {
    return LANGUAGES.stream()
        .mapToInt(language -> packed(texts(area, language)))
        .max()
        .orElseThrow();
  }

  private static void assertSize(Set<String> files, String area, int most) {
    int size = packed("firstpass.css") + packedTexts(area);
    for (String file : files) {
      size += packed(file);
    }
    int all = size;
    assertTrue(all <= most, () -> all + " bytes instead of at most " + most + ": " + files);
  }

  /** A file of the page that is loaded later, by the module that it begins with. */
  private static String lazy(String module) {
    return LAZY.matcher(text("app.js"))
        .results()
        .map(found -> found.group(1))
        .filter(file -> file.startsWith(module + "-"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the frame does not load " + module + " later"));
  }

  private static Set<String> loadedWith(List<String> first) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(first);
    while (!open.isEmpty()) {
      String file = open.pop();
      if (found.add(file)) {
        STATIC.matcher(text(file)).results().map(PageSizeTest::name).forEach(open::push);
      }
    }
    return found;
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  private static int packed(String file) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
  }

  private static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream("/org/firstpass/page/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The documents show pictures that are there, and no picture is there that none shows. */
class PicturesOfDocumentsTest {
  private static final Path ROOT = Repository.root();
  private static final Path PICTURES = ROOT.resolve("deploy/docs/pictures");
  private static final Pattern SHOWN = Pattern.compile("!\\[[^\\]]+\\]\\(([^)]+)\\)");
  private static final long LARGEST = 400_000;

  @Test
  void eachPictureThatIsReferredToIsAPageOfTheSizeThatItWasMadeFor() throws IOException {
    Set<Path> shown = shown();
    assertTrue(shown.size() > 3, shown::toString);
    for (Path picture : shown) {
      assertTrue(Files.exists(picture), () -> picture + " is shown but is not there");
      assertTrue(Files.size(picture) <= LARGEST, () -> picture + " is too large");
      var image = ImageIO.read(picture.toFile());
      assertEquals(1280, image.getWidth(), picture::toString);
      assertEquals(800, image.getHeight(), picture::toString);
    }
  }

  @Test
  void eachPictureIsShownSomewhere() throws IOException {
    try (Stream<Path> files = Files.list(PICTURES)) {
      assertEquals(shown(), new TreeSet<>(files.toList()));
    }
  }

  private static Set<Path> shown() throws IOException {
    Set<Path> found = new TreeSet<>();
    for (Path document : documents()) {
      Matcher pictures = SHOWN.matcher(Files.readString(document));
      while (pictures.find()) {
        found.add(document.resolveSibling(pictures.group(1)).normalize());
      }
    }
    return found;
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("deploy/docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    return documents;
  }
}

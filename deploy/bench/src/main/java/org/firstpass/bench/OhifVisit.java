package org.firstpass.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The same study in stock OHIF, over our DICOMweb, in the same browser with WebGL in software. */
final class OhifVisit {
  private static final String CANVASES =
      ".cornerstone-viewport-element canvas, canvas.cornerstone-canvas";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private OhifVisit() {}

  /** A table of what was seen. */
  static String measure(Path files, EditorCase room, String probe, int slices) throws Exception {
    try (var site = new OhifSite(files, room.origin(), room.token());
        var browser = Chromium.open(true)) {
      browser.before(probe + "pageProbe.arrival(\"" + CANVASES + "\");");
      browser.go(site.study(EditorCase.STUDY));
      browser.await("pageProbe.result.arrival");
      double picture = browser.number("return pageProbe.result.arrival") / 1e3;
      String whole = whole(browser, slices);
      double heap = EditorBenchmark.heap(browser);
      return "Stock OHIF on the same study, served beside our DICOMweb:\n\n"
          + new Table("first picture", "all slices", "heap of the page")
              .row(Times.seconds(picture), whole, String.format(Locale.ROOT, "%.0f MB", heap))
          + "\n";
    }
  }

  private static String whole(Chromium browser, int slices) throws InterruptedException {
    Instant late = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(late)) {
      var found = (List<?>) browser.ask("return pageProbe.fetched('/frames/')");
      if (((Number) found.get(0)).intValue() >= slices) {
        return Times.seconds(((Number) found.get(1)).doubleValue() / 1e3);
      }
      Thread.sleep(500);
    }
    var found = (List<?>) browser.ask("return pageProbe.fetched('/frames/')");
    return found.get(0) + " of " + slices + " in " + PATIENCE.toMinutes() + " min";
  }
}

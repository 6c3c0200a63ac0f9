package org.firstpass.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A reader's minute in a real browser without a GPU: how soon there is a picture and the whole
 * image, how soon a stroke is seen, and how much memory the page holds.
 */
final class EditorBenchmark implements Benchmark {
  private static final String CANVAS = ".plane-main canvas";
  private static final double BRUSH_MM = 5;

  /** In CSS pixels, and more than the brush is wide. */
  private static final double MOVE = 24;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int columns = arguments.number("columns", 512);
    int slices = arguments.number("slices", 600);
    int strokes = arguments.number("strokes", 60);
    var sample = new SampleCt(columns, slices);
    try (var room = new EditorCase(scratch, sample)) {
      String ours = measure(room, columns, slices, strokes);
      Optional<Path> ohif = arguments.path("ohif");
      return ohif.isEmpty()
          ? ours
          : ours + "\n" + OhifVisit.measure(ohif.orElseThrow(), room, probe(), slices);
    }
  }

  private static String measure(EditorCase room, int columns, int slices, int strokes)
      throws Exception {
    try (var browser = Chromium.open(false)) {
      browser.before(probe());
      logIn(browser, room);
      open(browser);
      String requests = requests(browser);
      double heap = heap(browser);
      var presses = new Times();
      var moves = new Times();
      paint(browser, strokes, presses, moves);
      return report(columns, slices, browser, heap, presses, moves) + "\n" + requests;
    }
  }

  /** When the page asked for what, from the key that opened the case. */
  private static String requests(Chromium browser) {
    var table = new Table("request of the page", "asked after", "first byte after", "all after");
    var found =
        (List<?>)
            browser.ask(
                """
                const key = pageProbe.result.begun;
                return performance.getEntriesByType("resource")
                  .filter((one) => one.name.includes("/api/") && one.startTime >= key)
                  .map((one) => [
                    new URL(one.name).pathname.replace(/^.api.(tasks.[-0-9a-f]+.)?/, ""),
                    ...[one.startTime, one.responseStart, one.responseEnd].map((time) => time - key),
                  ]);
                """);
    for (Object each : found) {
      var one = (List<?>) each;
      table.row(
          String.valueOf(one.get(0)),
          Times.seconds(number(one.get(1)) / 1e3),
          Times.seconds(number(one.get(2)) / 1e3),
          Times.seconds(number(one.get(3)) / 1e3));
    }
    return table.toString();
  }

  private static String probe() throws IOException {
    try (var in =
        Objects.requireNonNull(EditorBenchmark.class.getResourceAsStream("page-probe.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void logIn(Chromium browser, EditorCase room) {
    browser.go(room.origin());
    browser.await("document.querySelector('#password')");
    browser.type("#user", EditorCase.USER);
    browser.type("#password", EditorCase.PASSWORD);
    browser.ask("document.querySelector('form button[type=submit]').click()");
    browser.await("document.querySelectorAll('tr[data-task]').length === 2");
  }

  /** Claims by its key, and waits until the reader can draw. */
  private static void open(Chromium browser) {
    browser.ask(
        """
        pageProbe.picture(arguments[0]);
        pageProbe.since("whole", () => document.querySelector(".case[data-loaded=true]"));
        """,
        CANVAS);
    browser.ask("document.querySelector('#view').focus()");
    press(browser, "n", "KeyN", 78);
    browser.await("pageProbe.result.picture && pageProbe.result.whole");
  }

  /** Erases in the first segment, which is red, where each press and each move is seen. */
  private static void paint(Chromium browser, int strokes, Times presses, Times moves) {
    press(browser, "e", "KeyE", 69);
    while (presses.count() < strokes) {
      List<double[]> places = places(browser);
      if (places.isEmpty()) {
        throw new IllegalStateException("there is nothing on this slice to erase");
      }
      for (double[] at : places.subList(0, Math.min(places.size(), strokes - presses.count()))) {
        double below = at[1] + MOVE;
        presses.add(
            change(browser, "pointerdown", at, () -> mouse(browser, "mousePressed", at[0], at[1])));
        moves.add(
            change(
                browser,
                "pointermove",
                new double[] {at[0], below},
                () -> mouse(browser, "mouseMoved", at[0], below)));
        mouse(browser, "mouseReleased", at[0], below);
      }
      press(browser, "ArrowUp", "ArrowUp", 38);
    }
  }

  private static List<double[]> places(Chromium browser) {
    var found = (List<?>) browser.ask("return pageProbe.reddish(arguments[0], 56, 26)", CANVAS);
    return found.stream()
        .map(place -> (List<?>) place)
        .map(place -> new double[] {number(place.get(0)), number(place.get(1))})
        .toList();
  }

  private static double change(Chromium browser, String kind, double[] place, Runnable input) {
    browser.ask(
        "pageProbe.change(arguments[0], arguments[1], arguments[2], arguments[3])",
        CANVAS,
        kind,
        place[0],
        place[1]);
    input.run();
    browser.await("pageProbe.result.change !== undefined");
    return browser.number("return pageProbe.result.change") / 1e3;
  }

  static double heap(Chromium browser) {
    browser.command("HeapProfiler.collectGarbage", Map.of());
    return browser.number("return performance.memory.usedJSHeapSize") / 1e6;
  }

  private static void press(Chromium browser, String key, String code, int number) {
    for (String type : new String[] {"keyDown", "keyUp"}) {
      browser.command(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              code,
              "text",
              type.equals("keyDown") && key.length() == 1 ? key : "",
              "windowsVirtualKeyCode",
              number));
    }
  }

  private static void mouse(Chromium browser, String type, double x, double y) {
    browser.command(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  private static double number(Object value) {
    return ((Number) Objects.requireNonNull(value)).doubleValue();
  }

  private static String report(
      int columns, int slices, Chromium browser, double heap, Times presses, Times moves) {
    double picture = browser.number("return pageProbe.result.picture") / 1e3;
    double whole = browser.number("return pageProbe.result.whole") / 1e3;
    double late = Math.max(presses.quantile(.95), moves.quantile(.95));
    String introduction =
        String.format(
            Locale.ROOT,
            """
            A case of %d x %d x %d with three segments that nobody opened before, the first of the list that is shown, from a server that \
            showed another one, over loopback, in Chromium without a GPU, 1280 x 800. Times are from the key or the button to the end of \
            the frame in which the pixels are other ones. %d strokes of an eraser of %.0f mm radius: a \
            press and a move each.

            """,
            columns,
            columns,
            slices,
            presses.count(),
            BRUSH_MM);
    var table =
        new Table("", "median", "95th percentile", "longest")
            .row("press to pixel", cells(presses)[0], cells(presses)[1], cells(presses)[2])
            .row("move to pixel", cells(moves)[0], cells(moves)[1], cells(moves)[2]);
    return introduction
        + table
        + "\n"
        + Budget.table(
            new Budget("first picture", "less than 1 s", Times.seconds(picture), picture < 1),
            new Budget("all slices", "less than 5 s", Times.seconds(whole), whole < 5),
            new Budget(
                "stroke to pixel, 95th percentile",
                "less than 50 ms",
                Times.seconds(late),
                late < .05),
            new Budget(
                "heap of the page",
                "less than 700 MB",
                String.format(Locale.ROOT, "%.0f MB", heap),
                heap < 700));
  }

  private static String[] cells(Times times) {
    return new String[] {
      times.medianText(), Times.seconds(times.quantile(.95)), Times.seconds(times.quantile(1))
    };
  }
}

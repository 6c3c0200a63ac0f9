package org.firstpass.standalone;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.LeftBehind;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** The review page in a real Chromium of 1280 x 800, with the tools that a scripted reader uses. */
final class ReadingPage implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriverService service;
  private final ChromeDriver driver;

  private ReadingPage(ChromeDriverService service, ChromeOptions options) {
    this.service = service;
    this.driver = new ChromeDriver(service, options);
    LeftBehind.watch();
  }

  /** Skips the test if there is no browser, and fails it where tools are required. */
  static ReadingPage open() {
    return open(List.of());
  }

  /** One that keeps what pages store in a folder, as a person's browser does. */
  static ReadingPage open(Path profile) {
    return open(List.of("--user-data-dir=" + profile));
  }

  private static ReadingPage open(List<String> more) {
    boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      Assertions.assertTrue(there, "packages chromium and chromium-driver are required");
    }
    Assumptions.assumeTrue(there, "packages chromium and chromium-driver are not installed");
    Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--force-device-scale-factor=1",
        "--window-size=1280,943");
    options.addArguments(more);
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new ReadingPage(service, options);
  }

  /**
   * To the list; a browser that was killed half a minute after a login still knows who that was.
   */
  void login(URI address, String user, String password) {
    driver.get(address.toString());
    await("#user, .list[data-loaded]");
    if (!all("#user").isEmpty()) {
      find("#user").sendKeys(user);
      find("#password").sendKeys(password, Keys.ENTER);
    }
    await(".list[data-loaded]");
    // That nobody was logged in is one.
    complaints();
  }

  /** Claims a task from the list. */
  void openTask(URI address, String task) {
    driver.get("about:blank");
    driver.get(address.toString());
    String open = "tr[data-task='" + task + "'] .open";
    await(open);
    find(open).click();
    try {
      await(".case[data-loaded] .tool-panel");
    } catch (AssertionError e) {
      throw new AssertionError(ask("return document.body.innerText") + " " + complaints(), e);
    }
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  void await(String selector) {
    Deadline.await(selector, PATIENCE, () -> !all(selector).isEmpty());
  }

  void awaitTrue(String what, String script, Object... arguments) {
    Deadline.await(what, PATIENCE, () -> Boolean.TRUE.equals(ask(script, arguments)));
  }

  Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  double[] numbers(String script, Object... arguments) {
    return ((List<?>) ask(script, arguments))
        .stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Sets the radius of the brush, in the units of the image. */
  void radius(double radius) {
    ask(
        "const r = document.querySelector('#pen-radius'); r.value = arguments[0];"
            + " r.dispatchEvent(new Event('change', {bubbles: true}))",
        radius);
  }

  /**
   * Takes a pen up by its key, goes straight from place to place with the pointer down, and puts it
   * away.
   *
   * @param places on the large plane, as whole CSS pixels from its middle: across, down
   */
  void draw(String pen, List<double[]> places) {
    WebElement canvas = find(".plane-main canvas");
    press(pen);
    var actions = new Actions(driver);
    for (int at = 0; at < places.size(); at++) {
      double[] place = places.get(at);
      actions.moveToElement(canvas, (int) place[0], (int) place[1]);
      if (at == 0) {
        actions.clickAndHold();
      }
    }
    actions.release().perform();
    press(pen);
  }

  /** Presses and moves, and is still at it. */
  void beginToDraw(String pen, double[] from, double[] to) {
    WebElement canvas = find(".plane-main canvas");
    press(pen);
    new Actions(driver)
        .moveToElement(canvas, (int) from[0], (int) from[1])
        .clickAndHold()
        .moveToElement(canvas, (int) to[0], (int) to[1])
        .perform();
  }

  /** To a case by its address. */
  void go(URI address) {
    driver.get("about:blank");
    driver.get(address.toString());
    await(".case[data-loaded] .tool-panel");
  }

  /** As with kill -9: the page is told nothing. */
  void kill() {
    var chrome =
        (Map<?, ?>) Objects.requireNonNull(driver.getCapabilities().getCapability("chrome"));
    String folder = "--user-data-dir=" + chrome.get("userDataDir");
    ProcessHandle browser =
        ProcessHandle.allProcesses()
            .filter(process -> words(process).contains(folder))
            .filter(process -> words(process).stream().noneMatch(w -> w.startsWith("--type=")))
            .findFirst()
            .orElseThrow();
    browser.destroyForcibly();
    // Its driver may see it end; a driver that quits asks the browser first, which fails or waits.
    service.stop();
  }

  private static List<String> words(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }

  /**
   * What the console complained about; what this class itself reads of canvases is not among it.
   */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** A picture for people to look at, if a folder for it is given. */
  void picture(String name) throws java.io.IOException {
    String folder = System.getProperty("firstpass.screenshots");
    if (folder != null) {
      Files.createDirectories(Path.of(folder));
      Files.write(Path.of(folder, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}

package org.firstpass.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.LeftBehind;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A real Chromium with an inside of 1280 x 800, and what it asked of the network. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern REQUEST =
      Pattern.compile("\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test if there is no browser, and fails it where tools are required. */
  static Browser open() {
    return open(List.of("--disable-gpu"));
  }

  /** One that draws with WebGL, in software. */
  static Browser openWithGraphics() {
    return open(List.of("--use-angle=swiftshader", "--enable-unsafe-swiftshader"));
  }

  private static Browser open(List<String> graphics) {
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
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--force-device-scale-factor=1",
        "--window-size=1280,943");
    options.addArguments(graphics);
    options.setCapability("goog:loggingPrefs", Map.of("performance", "ALL", "browser", "ALL"));
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    var driver = new ChromeDriver(service, options);
    LeftBehind.watch();
    // What looks through a whole page takes long on a busy machine.
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
    return new Browser(driver);
  }

  void go(String url) {
    driver.get(url);
  }

  /** Opens an address in another tab, which is the one that is looked at from now on. */
  void openTab(String url) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.get(url);
  }

  /** Looks at the tab that was opened at this place, from 0. */
  void toTab(int number) {
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(number));
  }

  void forgetCookies() {
    driver.manage().deleteAllCookies();
  }

  /** Goes to a page's front door and gives a user's name and password. */
  void logIn(String origin, String user, String password) {
    go(origin + "/");
    await("#user");
    find("#user").sendKeys(user);
    find("#password").sendKeys(password, enter());
  }

  /** Claims a task from the list, and waits until it can be drawn on. */
  void openTask(String task) {
    String open = "tr[data-task='" + task + "'] .open";
    await(open);
    find(open).click();
    await(".case[data-loaded] .tool-panel");
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  void await(String selector) {
    Deadline.await(selector, () -> !all(selector).isEmpty());
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void pressShifted(String key) {
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
  }

  void hold(String key) {
    new Actions(driver).keyDown(key).perform();
  }

  /**
   * Presses at one place of an element, goes straight to another one and lets go.
   *
   * @param from across and down from its middle, in CSS pixels
   */
  void drag(String selector, double[] from, double[] to) {
    WebElement element = find(selector);
    new Actions(driver)
        .moveToElement(element, (int) Math.round(from[0]), (int) Math.round(from[1]))
        .clickAndHold()
        .moveToElement(element, (int) Math.round(to[0]), (int) Math.round(to[1]))
        .release()
        .perform();
  }

  /** Moves the pointer to a place, across and down from the middle of an element. */
  void point(String selector, double across, double down) {
    new Actions(driver)
        .moveToElement(find(selector), (int) Math.round(across), (int) Math.round(down))
        .perform();
  }

  void letGo(String key) {
    new Actions(driver).keyUp(key).perform();
  }

  /** What a script gives. */
  Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void awaitTrue(String what, String script, Object... arguments) {
    Deadline.await(what, () -> Boolean.TRUE.equals(ask(script, arguments)));
  }

  /** Every address that was asked for since the last call. */
  List<String> requests() {
    return driver.manage().logs().get("performance").getAll().stream()
        .map(entry -> REQUEST.matcher(entry.getMessage()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  /** What the console complained about. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** A picture for people to look at, if a folder for it is given. */
  void picture(String name) throws IOException {
    String folder = System.getenv("FIRSTPASS_SCREENSHOTS");
    if (folder != null) {
      Files.createDirectories(Path.of(folder));
      Files.write(Path.of(folder, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }
  }

  static CharSequence enter() {
    return Keys.ENTER;
  }

  @Override
  public void close() {
    driver.quit();
  }
}

package org.firstpass.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium without a GPU, as on a thin client, with an inside of 1280 x 800. */
final class Chromium implements AutoCloseable {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * @param software whether WebGL is drawn by the processor, or is not there at all
   * @throws NotHere if there is no browser
   */
  static Chromium open(boolean software) throws NotHere {
    if (!Files.isExecutable(BROWSER) || !Files.isExecutable(DRIVER)) {
      throw new NotHere("packages chromium and chromium-driver are not installed");
    }
    Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    var options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-background-networking",
        "--enable-precise-memory-info",
        "--force-device-scale-factor=1",
        "--window-size=1280,943");
    options.addArguments(
        software
            ? List.of("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
            : List.of("--disable-gpu", "--disable-software-rasterizer"));
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    var driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return new Chromium(driver);
  }

  /** Runs a script in every page before the page's own. */
  void before(String script) {
    command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  void go(String address) {
    driver.get(address);
  }

  void type(String selector, String text) {
    driver.findElement(By.cssSelector(selector)).sendKeys(text);
  }

  /** What a script gives at once. */
  Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  double number(String script, Object... arguments) {
    return ((Number) ask(script, arguments)).doubleValue();
  }

  /** Waits in the page, where waiting takes no requests: for a script that gives true. */
  void await(String condition) {
    driver.executeAsyncScript(
        """
        const done = arguments[0];
        const look = () => ((%s) ? done(true) : requestAnimationFrame(look));
        look();
        """
            .formatted(condition));
  }

  @Override
  public void close() {
    driver.quit();
  }
}

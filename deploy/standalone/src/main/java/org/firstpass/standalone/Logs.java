package org.firstpass.standalone;

import java.util.Arrays;

/** Which log a process writes; chosen before the first logger exists. */
final class Logs {
  private Logs() {}

  static void choose(String[] arguments) {
    boolean json =
        Arrays.asList(arguments).contains("--log-json")
            || "json".equals(System.getenv("FIRSTPASS_LOGS"));
    if (Arrays.asList(arguments).contains("demo") && System.getenv("FIRSTPASS_LOG_LEVEL") == null) {
      // The demo tells its story itself; its log would stand between the lines.
      System.setProperty("FIRSTPASS_LOG_LEVEL", "WARN");
      System.setProperty("FIRSTPASS_KAFKA_LOG_LEVEL", "ERROR");
    }
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(
          "logback.configurationFile", json ? "logback-json.xml" : "logback-text.xml");
    }
  }
}

package org.firstpass.standalone;

import java.util.Arrays;

/** Which log a process writes; chosen before the first logger exists. */
final class Logs {
  private Logs() {}

  static void choose(String[] arguments) {
    boolean json =
        Arrays.asList(arguments).contains("--log-json")
            || "json".equals(System.getenv("FIRSTPASS_LOGS"));
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(
          "logback.configurationFile", json ? "logback-json.xml" : "logback-text.xml");
    }
  }
}

package org.firstpass.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** The JSON of a report: the same report gives the same bytes, on every platform. */
public final class EvaluationJson {
  private static final ObjectMapper MAPPER =
      EventJson.mapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private EvaluationJson() {}

  public static byte[] write(EvaluationReport report) {
    // The default line separator is the platform's, and would give other bytes elsewhere.
    var indenter = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      String json = MAPPER.writer(printer).writeValueAsString(report);
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write an evaluation report", e);
    }
  }

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException if it is none of a version that this build knows
   */
  public static EvaluationReport read(byte[] json) {
    EvaluationReport report;
    try {
      report = MAPPER.readValue(json, EvaluationReport.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no evaluation report: " + e.getMessage(), e);
    }
    if (report.formatVersion() != EvaluationReport.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "formatVersion must be "
              + EvaluationReport.FORMAT_VERSION
              + ", but is "
              + report.formatVersion());
    }
    return report;
  }
}

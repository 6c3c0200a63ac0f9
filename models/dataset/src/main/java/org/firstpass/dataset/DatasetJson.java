package org.firstpass.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** The JSON of data sets: the same value always gives the same bytes, on every platform. */
final class DatasetJson {
  private static final ObjectWriter WRITER = writer();

  private DatasetJson() {}

  private static ObjectWriter writer() {
    // The default line separator is the platform's, and would give other bytes elsewhere.
    var indenter = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return EventJson.mapper()
        .writer(printer)
        .without(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  static byte[] write(Object value) {
    try {
      return (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write the JSON of a data set", e);
    }
  }
}

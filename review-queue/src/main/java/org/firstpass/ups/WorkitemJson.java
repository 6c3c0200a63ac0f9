package org.firstpass.ups;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.failure.StudyRefused;

/** The data set of a request to the worklist, or of what it keeps, in DICOM JSON. */
public final class WorkitemJson {
  private WorkitemJson() {}

  /**
   * A data set as it was sent: one object, or an array of one.
   *
   * @throws WorklistRefusal MALFORMED, never quoting what was sent
   */
  public static DataSet parse(String json) {
    List<JsonDataSet> sent;
    try {
      sent = JsonDataSet.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (StudyRefused e) {
      throw WorklistRefusal.malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (sent.size() != 1) {
      throw WorklistRefusal.malformed("a request has one data set");
    }
    return sent.get(0).attributes();
  }
}

package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.function.IntPredicate;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.dataset.StoredDataSet;

/**
 * Instances as DICOM JSON, written while they are read.
 *
 * <p>Binary values of more than a kilobyte, all pixel data, and every value of more than a megabyte
 * become a BulkDataURI: the base that the caller names, and below it the tag in hexadecimal, behind
 * the tags and item numbers (from 0) of the sequences that hold it.
 *
 * @see "PS3.18 annex F"
 */
public final class DicomJson {
  public static final String MEDIA_TYPE = "application/dicom+json";

  private static final JsonFactory FACTORY = new JsonFactory();

  private DicomJson() {}

  /** A JSON array of instances on its way out. Not thread-safe. */
  public static final class Array implements AutoCloseable {
    private final JsonGenerator json;

    /** Begins the array; the stream stays open when this is closed. */
    public Array(OutputStream out) throws IOException {
      json = FACTORY.createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      json.writeStartArray();
    }

    /**
     * Adds an instance.
     *
     * @param bulkDataUri where its bulk data are, without a slash at the end
     * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE
     * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE
     */
    public void add(InstanceSource instance, String bulkDataUri) {
      StoredDataSet.with(
          instance,
          stored -> {
            new DataSetJson(stored.elements(), json, DataSetJson.Extent.all(bulkDataUri)).write();
            return true;
          });
    }

    /** Ends the array. What was begun and failed is left without an end. */
    @Override
    public void close() throws IOException {
      json.writeEndArray();
      json.flush();
    }
  }

  /**
   * The header of an instance without private attributes, bulk data, and what begins with the pixel
   * data.
   *
   * @param json one object
   */
  public record Header(String json, String transferSyntax) {}

  /**
   * Reads a header.
   *
   * @param included of the attributes outside sequences, sequences among them
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE
   */
  public static Header header(InstanceSource instance, IntPredicate included) {
    return StoredDataSet.with(
        instance,
        stored -> {
          var text = new StringWriter();
          try (JsonGenerator json = FACTORY.createGenerator(text)) {
            new DataSetJson(stored.elements(), json, DataSetJson.Extent.header(included)).write();
          }
          return new Header(text.toString(), stored.transferSyntax());
        });
  }
}

package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntPredicate;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.StoredDataSet;

/**
 * Instances as DICOM JSON, written while they are read, and data sets that are in memory.
 *
 * <p>Of an instance, binary values of more than a kilobyte, all pixel data, and every value of more
 * than a megabyte become a BulkDataURI: the base that the caller names, and below it the tag in
 * hexadecimal, behind the tags and item numbers (from 0) of the sequences that hold it.
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
      if (json.getOutputContext().getParent().inRoot()) {
        json.writeEndArray();
      }
      json.flush();
    }
  }

  /** A data set in memory as one object. */
  public static String of(DataSet dataSet) {
    return written(json -> DataSetJson.write(dataSet, json));
  }

  /** Data sets in memory as an array. */
  public static String of(List<DataSet> dataSets) {
    return written(
        json -> {
          json.writeStartArray();
          for (DataSet dataSet : dataSets) {
            DataSetJson.write(dataSet, json);
          }
          json.writeEndArray();
        });
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static String written(Writing writing) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
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

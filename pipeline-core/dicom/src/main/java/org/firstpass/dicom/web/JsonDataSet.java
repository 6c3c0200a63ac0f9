package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.TextValues;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A data set that came as DICOM JSON. As an instance it is written in Explicit VR Little Endian,
 * its text in UTF-8; bulk data come from where the caller has them.
 *
 * @see "PS3.18 annex F"
 */
public record JsonDataSet(DataSet attributes) {
  private static final int SOP_CLASS = 0x0008_0016;
  private static final int SOP_INSTANCE = 0x0008_0018;
  private static final Value UTF_8 = Value.of(Vr.CS, List.of("ISO_IR 192"));

  /**
   * Reads an array of data sets, or one.
   *
   * @param json the caller bounds it
   * @throws StudyRefused MALFORMED_INSTANCE if it is no DICOM JSON; says nothing of what it holds
   */
  public static List<JsonDataSet> read(InputStream json) throws IOException {
    try (JsonParser parser = JsonReading.FACTORY.createParser(json)) {
      return new JsonReading(parser).all().stream().map(JsonDataSet::new).toList();
    } catch (JsonProcessingException | CharConversionException e) {
      throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "the JSON does not parse", e);
    }
  }

  /**
   * What it is.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if it does not say
   */
  public PostedInstance.Announced announced() {
    return PostedInstance.announced(text(SOP_CLASS), text(SOP_INSTANCE));
  }

  private String text(int tag) {
    return attributes.texts(tag).stream().findFirst().orElse("");
  }

  /**
   * Writes it as a DICOM file.
   *
   * @param bulk finds bulk data by their URI
   * @throws StudyRefused MALFORMED_INSTANCE if one is not found
   */
  public void write(Function<String, Optional<InstanceSource>> bulk, OutputStream out)
      throws IOException {
    PostedInstance.Announced announced = announced();
    out.write(
        Part10.header(
            new SopClassUid(announced.sopClass().value()),
            new SopInstanceUid(announced.instance().value()),
            new TransferSyntaxUid(InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN)));
    attributes
        .copy()
        .put(TextValues.SPECIFIC_CHARACTER_SET, DataSet.Element.of(Vr.CS, UTF_8))
        .write(new ElementWriter(out), bulk);
  }
}

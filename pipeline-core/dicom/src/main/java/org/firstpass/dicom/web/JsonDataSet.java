package org.firstpass.dicom.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.TextValues;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A data set that came as DICOM JSON, and is written in Explicit VR Little Endian, its text in
 * UTF-8. Bulk data come from where the caller has them.
 *
 * @see "PS3.18 annex F"
 */
public final class JsonDataSet {
  private static final int SOP_CLASS = 0x0008_0016;
  private static final int SOP_INSTANCE = 0x0008_0018;
  private static final int DEEPEST = 64;
  private static final int MOST_ELEMENTS = 1 << 20;
  private static final byte[] UTF_8 = "ISO_IR 192".getBytes(StandardCharsets.US_ASCII);
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** A value in its bytes, or in items, or where it is. */
  private record Element(Vr vr, Value value, List<JsonDataSet> items, Optional<String> bulk) {}

  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  private JsonDataSet() {}

  /**
   * Reads an array of data sets, or one.
   *
   * @param json the caller bounds it
   * @throws StudyRefused MALFORMED_INSTANCE if it is no DICOM JSON
   */
  public static List<JsonDataSet> read(InputStream json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return new Reading(parser).all();
    } catch (JsonProcessingException e) {
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
    Element element = elements.get(tag);
    return element == null ? "" : element.value().text();
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
    var writer = new ElementWriter(out);
    writeElements(writer, bulk);
  }

  private void writeElements(ElementWriter writer, Function<String, Optional<InstanceSource>> bulk)
      throws IOException {
    for (Map.Entry<Integer, Element> entry : elements.entrySet()) {
      int tag = entry.getKey();
      Element element = entry.getValue();
      if (element.vr() == Vr.SQ) {
        writer.beginSequence(tag);
        for (JsonDataSet item : element.items()) {
          writer.beginItem();
          item.writeElements(writer, bulk);
          writer.endItem();
        }
        writer.endSequence();
      } else if (element.bulk().isPresent()) {
        writeBulk(writer, tag, element, bulk);
      } else {
        writer.element(tag, element.vr(), element.value().bytes());
      }
    }
  }

  private static void writeBulk(
      ElementWriter writer,
      int tag,
      Element element,
      Function<String, Optional<InstanceSource>> bulk)
      throws IOException {
    InstanceSource source =
        bulk.apply(element.bulk().orElseThrow())
            .orElseThrow(() -> malformed("bulk data that it refers to did not come with it"));
    long length = 0;
    try (InputStream in = source.open()) {
      length = in.transferTo(OutputStream.nullOutputStream());
    }
    try (InputStream in = source.open()) {
      if (element.vr().longForm()) {
        writer.element(tag, element.vr(), in, length);
      } else {
        writer.element(tag, element.vr(), in.readNBytes(1 << 16));
      }
    }
  }

  static StudyRefused malformed(String what) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "no DICOM JSON: " + what);
  }

  /** The JSON on its way in. */
  private static final class Reading {
    private final JsonParser json;
    private int count;

    Reading(JsonParser json) {
      this.json = json;
    }

    List<JsonDataSet> all() throws IOException {
      List<JsonDataSet> sets = new ArrayList<>();
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        sets.add(root());
      } else if (first == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          sets.add(root());
        }
        require(JsonToken.END_ARRAY);
      } else {
        throw malformed("expected an array of objects");
      }
      return sets;
    }

    private JsonDataSet root() throws IOException {
      JsonDataSet set = dataSet();
      set.elements.put(
          TextValues.SPECIFIC_CHARACTER_SET,
          new Element(Vr.CS, Value.of(UTF_8), List.of(), Optional.empty()));
      return set;
    }

    private JsonDataSet dataSet() throws IOException {
      var set = new JsonDataSet();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (!name.matches("[0-9A-Fa-f]{8}") || ++count > MOST_ELEMENTS) {
          throw malformed("an attribute is named by eight hexadecimal digits");
        }
        int tag = Integer.parseUnsignedInt(name, 16);
        Element element = element();
        // Group lengths and File Meta Information are ours to write.
        if ((tag & 0xffff) != 0 && tag >>> 16 > 0x0002 && tag >>> 16 != 0xfffe) {
          set.elements.put(tag, element);
        }
      }
      require(JsonToken.END_OBJECT);
      // The character set is the one of all of JSON, whatever the instance had before.
      set.elements.remove(TextValues.SPECIFIC_CHARACTER_SET);
      return set;
    }

    private Element element() throws IOException {
      json.nextToken();
      require(JsonToken.START_OBJECT);
      Vr vr = Vr.UN;
      Value value = Value.of(new byte[0]);
      List<JsonDataSet> items = new ArrayList<>();
      Optional<String> bulk = Optional.empty();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        switch (name) {
          case "vr" -> vr = Vr.of(json.getText()).orElseThrow(() -> malformed("a VR that is none"));
          case "Value" -> {
            require(JsonToken.START_ARRAY);
            if (vr == Vr.SQ) {
              items(items);
            } else {
              value = Value.read(vr, json);
            }
          }
          case "InlineBinary" -> value = Value.of(json.getBinaryValue());
          case "BulkDataURI" -> bulk = Optional.of(json.getText());
          default -> {
            if (token.isStructStart()) {
              json.skipChildren();
            }
          }
        }
      }
      require(JsonToken.END_OBJECT);
      return new Element(vr, value, items, bulk);
    }

    private void items(List<JsonDataSet> items) throws IOException {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
          items.add(new JsonDataSet());
        } else {
          require(JsonToken.START_OBJECT);
          items.add(dataSet());
        }
      }
    }

    private void require(JsonToken token) {
      if (json.currentToken() != token) {
        throw malformed("its structure is another one");
      }
    }
  }
}

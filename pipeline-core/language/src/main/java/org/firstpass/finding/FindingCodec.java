package org.firstpass.finding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Findings and steps on them as JSON: in the store, in the database and on the wire. */
public final class FindingCodec {
  public static final String MEDIA_TYPE = "application/vnd.firstpass.findings+json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule("findings")
                  .addSerializer(Instant.class, new InstantText())
                  .addDeserializer(Instant.class, new TextInstant()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private FindingCodec() {}

  /** A step as JSON; {@code after} is absent where the finding was taken away. */
  private record ChangeJson(@Nullable UUID id, @Nullable FindingJson after) {}

  /** The stored form of what a correction says: UTF-8, in the order of the list. */
  public static byte[] encode(List<Finding> findings) {
    try {
      return MAPPER.writeValueAsBytes(findings.stream().map(FindingJson::from).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("findings cannot be written", e);
    }
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static List<Finding> decode(byte[] json) {
    try {
      return Arrays.stream(MAPPER.readValue(json, FindingJson[].class))
          .map(FindingJson::to)
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("findings are damaged", e);
    }
  }

  public static String write(FindingChange change) {
    try {
      return MAPPER.writeValueAsString(json(change));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a step on a finding cannot be written", e);
    }
  }

  /** A step as a tree, for an answer that has more. */
  public static JsonNode tree(FindingChange change) {
    return MAPPER.valueToTree(json(change));
  }

  /** Findings as a tree, for an answer that has more. */
  public static JsonNode tree(List<Finding> findings) {
    return MAPPER.valueToTree(findings.stream().map(FindingJson::from).toList());
  }

  public static FindingChange read(String json) {
    try {
      ChangeJson change = MAPPER.readValue(json, ChangeJson.class);
      return new FindingChange(id(change), change.after() == null ? null : change.after().to());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a step on a finding is damaged", e);
    }
  }

  /**
   * A step that a reader sends; who and when is not his to say.
   *
   * @throws IllegalArgumentException if it is no step, or leaves no finding that can be
   */
  public static FindingChange read(JsonNode tree, String reader, Instant at) {
    ChangeJson change = convert(tree, ChangeJson.class);
    return new FindingChange(
        id(change), change.after() == null ? null : change.after().to(reader, at));
  }

  /**
   * A finding that a reader sends with its time; by whom it is is not his to say.
   *
   * @throws IllegalArgumentException if it is none that can be
   */
  public static Finding finding(JsonNode tree, String reader) {
    return convert(tree, FindingJson.class).to(reader);
  }

  private static <T> T convert(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      // Its message would repeat what was sent.
      throw new IllegalArgumentException("a finding has other fields than a finding has");
    }
  }

  private static ChangeJson json(FindingChange change) {
    Finding after = change.after();
    return new ChangeJson(change.id(), after == null ? null : FindingJson.from(after));
  }

  private static UUID id(ChangeJson change) {
    if (change.id() == null) {
      throw new IllegalArgumentException("a step on a finding lacks 'id'");
    }
    return change.id();
  }

  private static final class InstantText extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantText() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class TextInstant extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    TextInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Instant.parse(json.getValueAsString(""));
    }
  }
}

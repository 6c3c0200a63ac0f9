package org.firstpass.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;

/**
 * The JSON form of the nouns: UIDs, digests and instants are strings, absent values are left out.
 */
public final class EventJson {
  private EventJson() {}

  /**
   * A mapper that writes records as objects, one-valued nouns as strings, fields in their order.
   */
  public static ObjectMapper mapper() {
    var module = new SimpleModule("firstpass");
    string(module, ReasonCode.class, ReasonCode::code, ReasonCode::ofCode);
    string(module, StudyInstanceUid.class, StudyInstanceUid::new);
    string(module, SeriesInstanceUid.class, SeriesInstanceUid::new);
    string(module, SopInstanceUid.class, SopInstanceUid::new);
    string(module, SopClassUid.class, SopClassUid::new);
    string(module, FrameOfReferenceUid.class, FrameOfReferenceUid::new);
    string(module, Sha256.class, Sha256::new);
    string(module, PatientKey.class, PatientKey::new);
    string(module, ProjectName.class, ProjectName::new);
    string(module, Instant.class, Instant::parse);
    return JsonMapper.builder()
        .addModule(module)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  private static <T> void string(SimpleModule module, Class<T> type, Function<String, T> parse) {
    string(module, type, Object::toString, parse);
  }

  private static <T> void string(
      SimpleModule module, Class<T> type, Function<T, String> print, Function<String, T> parse) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(print.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return parse.apply(json.getValueAsString(""));
          }
        });
  }
}

package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.firstpass.event.WrittenJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.Orientation;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Manifests to and from JSON. */
public final class ManifestJson {
  /** The class-path name of the JSON Schema of {@code manifest.json}. */
  public static final String SCHEMA = "/schemas/model-manifest.v1.json";

  private static final ObjectMapper MAPPER = mapper();

  private ManifestJson() {}

  /**
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} naming the first field that is wrong
   */
  public static ModelManifest read(byte[] json) {
    try {
      return MAPPER.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "manifest.json: " + WrittenJson.complaint(e), e);
    } catch (IOException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "manifest.json cannot be read", e);
    }
  }

  /** The same manifest always gives the same bytes: UTF-8, indented, LF, one LF at the end. */
  public static byte[] write(ModelManifest manifest) {
    try {
      String json = MAPPER.writeValueAsString(manifest).replace("\r\n", "\n");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write a manifest", e);
    }
  }

  private static ObjectMapper mapper() {
    var module = new SimpleModule("firstpass-manifest");
    module.addSerializer(Orientation.class, ToStringSerializer.instance);
    module.addDeserializer(Orientation.class, new OrientationReader());
    return WrittenJson.mapper()
        .setSerializationInclusion(JsonInclude.Include.NON_EMPTY)
        .registerModule(module)
        .setAnnotationIntrospector(
            AnnotationIntrospector.pair(new MayNotBeMissing(), new JacksonAnnotationIntrospector()))
        .enable(SerializationFeature.INDENT_OUTPUT);
  }

  /**
   * A number that is left out is missing, and not 0. What the records of this room may lack they
   * say themselves; those of {@code segment} leave it to who calls them.
   */
  private static final class MayNotBeMissing extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
      if (member.getRawType().isPrimitive()) {
        return true;
      }
      Class<?> owner = member.getDeclaringClass();
      boolean foreign = owner.getPackageName().equals(Segment.class.getPackageName());
      return foreign && member instanceof AnnotatedParameter parameter
          ? !owner
              .getRecordComponents()[parameter.getIndex()]
              .getAnnotatedType()
              .isAnnotationPresent(Nullable.class)
          : null;
    }
  }

  private static final class OrientationReader extends FromStringDeserializer<Orientation> {
    private static final long serialVersionUID = 1L;

    OrientationReader() {
      super(Orientation.class);
    }

    @Override
    protected Orientation _deserialize(String value, DeserializationContext context) {
      return new Orientation(value);
    }
  }
}

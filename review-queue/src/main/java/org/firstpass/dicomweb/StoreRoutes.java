package org.firstpass.dicomweb;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.AccessGate;
import org.firstpass.http.ApiRefusal;
import org.firstpass.security.Identity;
import org.firstpass.security.Role;
import org.firstpass.study.Sender;
import org.jspecify.annotations.Nullable;

/**
 * STOW-RS: instances in, through the same door as those of associations. Each is stored, or fails
 * with a reason of its own; storing one again changes nothing.
 *
 * @see "PS3.18 section 10.5"
 */
final class StoreRoutes {
  private final Supplier<@Nullable InstanceReceiver> door;
  private final Supplier<PostedIndex> indexes;
  private final AccessLog log;

  /**
   * @param indexes one for each request
   */
  StoreRoutes(
      Supplier<@Nullable InstanceReceiver> door, Supplier<PostedIndex> indexes, AccessLog log) {
    this.door = door;
    this.indexes = indexes;
    this.log = log;
  }

  void install(RoutesConfig routes, RouteRole... writers) {
    routes.post(Paths.ROOT + "/studies", this::store, writers);
    routes.post(Paths.ROOT + "/studies/{study}", this::store, writers);
  }

  private void store(Context context) throws IOException {
    QueryRoutes.requireJson(context);
    AcceptedType sent = contentType(context);
    InstanceReceiver receiver = door.get();
    if (receiver == null) {
      context.header("Retry-After", "5");
      throw new ApiRefusal(503, "NO_GATEWAY", "nothing takes instances in this process yet");
    }
    PostedIndex index = indexes.get();
    var store =
        new Storing(
            Paths.optional(context, "study"),
            sender(context),
            receiver,
            index,
            Paths.root(context));
    StoreAnswer answer = store.answer();
    try {
      var parts =
          new MultipartParts(
              context.req().getInputStream(), sent.parameters().getOrDefault("boundary", ""));
      if (sent.partType().equals(DicomJson.MEDIA_TYPE)) {
        store.json(parts);
      } else {
        store.files(parts);
      }
    } catch (MultipartParts.Malformed e) {
      // What was stored stays, and storing it again changes nothing.
      throw new ApiRefusal(400, "MALFORMED_MULTIPART", "the body is no multipart, or ends early");
    } finally {
      index.flush();
      log.stored(context, answer.storedCount(), answer.failedCount());
    }
    if (answer.storedCount() + answer.failedCount() == 0) {
      throw new ApiRefusal(400, "NO_INSTANCES", "the body has no part");
    }
    context.status(answer.status());
    if (answer.status() == 503) {
      context.header("Retry-After", "5");
    }
    context.contentType(DicomJson.MEDIA_TYPE);
    context.result(answer.json().getBytes(StandardCharsets.UTF_8));
  }

  /** Who reads for the hospital stands behind what they draw; a router or an administrator not. */
  private static Sender sender(Context context) {
    Identity caller = AccessGate.identity(context);
    return caller.has(Role.RADIOLOGIST) ? Sender.ofReader(caller.subject()) : Sender.UNKNOWN;
  }

  private static AcceptedType contentType(Context context) {
    String header = Optional.ofNullable(context.header("Content-Type")).orElse("");
    List<AcceptedType> types = AcceptedType.parse(header);
    boolean related = types.size() == 1 && types.get(0).type().equals(AcceptedType.MULTIPART);
    if (related) {
      AcceptedType type = types.get(0);
      if (type.accepts(InstanceFormat.DICOM) || type.accepts(DicomJson.MEDIA_TYPE)) {
        return type;
      }
    }
    throw new ApiRefusal(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "instances are stored as multipart/related of application/dicom or application/dicom+json");
  }
}

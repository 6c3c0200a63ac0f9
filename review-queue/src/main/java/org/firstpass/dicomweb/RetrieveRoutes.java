package org.firstpass.dicomweb;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.dicom.web.InstanceTranscoder;
import org.firstpass.failure.StudyRefused;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;
import org.firstpass.store.ObjectStore;

/**
 * WADO-RS: instances of a study, a series, or one, and their metadata.
 *
 * @see "PS3.18 section 10.4"
 */
final class RetrieveRoutes {
  private static final List<String> RESOURCES =
      List.of(
          "/studies/{study}",
          "/studies/{study}/series/{series}",
          "/studies/{study}/series/{series}/instances/{instance}");

  private final RetrieveRows rows;
  private final ObjectStore store;
  private final AccessLog log;

  /** An instance and how it goes out. */
  private record Chosen(StoredInstance instance, InstanceFormat format) {}

  RetrieveRoutes(RetrieveRows rows, ObjectStore store, AccessLog log) {
    this.rows = rows;
    this.store = store;
    this.log = log;
  }

  void install(RoutesConfig routes, RouteRole... readers) {
    for (String resource : RESOURCES) {
      routes.get(Paths.ROOT + resource, this::instances, readers);
      routes.get(Paths.ROOT + resource + "/metadata", this::metadata, readers);
    }
  }

  /** What a path names; whoever reads it is written down. */
  List<StoredInstance> found(Context context) {
    String study = Paths.study(context);
    List<StoredInstance> found = rows.find(study, Paths.series(context), Paths.instance(context));
    if (found.isEmpty()) {
      throw new ApiRefusal(404, "NO_SUCH_INSTANCE", "no instance is stored under this path");
    }
    log.read(context, study);
    return found;
  }

  StoredInstance one(Context context) {
    return found(context).get(0);
  }

  InstanceSource source(StoredInstance instance) {
    return () -> store.open(instance.content());
  }

  private void instances(Context context) throws IOException {
    List<AcceptedType> accepted = AcceptedType.of(context);
    List<StoredInstance> found = found(context);
    List<Chosen> chosen = new ArrayList<>();
    for (StoredInstance instance : found) {
      InstanceFormat.of(instance, accepted)
          .ifPresent(format -> chosen.add(new Chosen(instance, format)));
    }
    if (chosen.isEmpty()) {
      throw new ApiRefusal(
          406,
          "NOT_ACCEPTABLE",
          "the instances are application/dicom as stored (transfer-syntax=*), or in Explicit VR"
              + " Little Endian if this build decodes them");
    }
    boolean single =
        found.size() == 1
            && accepted.stream()
                .filter(type -> type.accepts(InstanceFormat.DICOM))
                .findFirst()
                .filter(type -> !type.multipart())
                .isPresent();
    // Some representations are not among what is accepted (PS3.18 table 10.4.3-2).
    context.status(chosen.size() < found.size() ? 206 : 200);
    if (single) {
      single(context, chosen.get(0));
      return;
    }
    try (var answer = new MultipartAnswer(context, InstanceFormat.DICOM)) {
      for (Chosen each : chosen) {
        String location = Paths.root(context) + each.instance().path();
        write(each, answer.part(each.format().contentType(each.instance()), location));
      }
      answer.finish();
    }
  }

  private void single(Context context, Chosen chosen) throws IOException {
    context.res().setCharacterEncoding(null);
    context.contentType(chosen.format().contentType(chosen.instance()));
    if (chosen.format() == InstanceFormat.AS_STORED) {
      context.res().setContentLengthLong(chosen.instance().size());
    }
    write(chosen, context.res().getOutputStream());
  }

  private void write(Chosen chosen, OutputStream out) throws IOException {
    if (chosen.format() == InstanceFormat.EXPLICIT_LITTLE_ENDIAN
        && !chosen.instance().transferSyntax().equals(InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN)) {
      transcode(chosen.instance(), out);
      return;
    }
    try (InputStream in = store.open(chosen.instance().content())) {
      in.transferTo(out);
    }
  }

  private void transcode(StoredInstance instance, OutputStream out) {
    try {
      InstanceTranscoder.write(source(instance), out);
    } catch (StudyRefused e) {
      // The transfer syntax is one that is decoded, but not with this format of pixels.
      throw new ApiRefusal(406, e.code().code(), e.code().advice());
    }
  }

  private void metadata(Context context) throws IOException {
    QueryRoutes.requireJson(context);
    List<StoredInstance> found = found(context);
    context.contentType(DicomJson.MEDIA_TYPE);
    OutputStream out = context.res().getOutputStream();
    var array = new DicomJson.Array(out);
    for (StoredInstance instance : found) {
      array.add(source(instance), Paths.root(context) + instance.path() + "/bulkdata");
    }
    array.close();
  }
}

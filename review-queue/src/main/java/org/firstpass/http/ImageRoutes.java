package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.CaseImages;
import org.firstpass.correction.SliceContent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.geometry.GridSize;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;

/** {@code /api/tasks/{id}/…}: geometry, image, labels, doubt, probabilities and SEG of a task. */
public final class ImageRoutes {
  private static final String OCTETS = "application/octet-stream";

  /** Changes when the same image or labels are sent in another way. */
  static final String ENCODING_VERSION = "2";

  private static final int BUFFER = 1 << 16;

  private final ReviewQueue queue;
  private final CaseImages images;
  private final ObjectStore store;
  private final AuditTrail audit;

  public ImageRoutes(ReviewQueue queue, CaseImages images, ObjectStore store, AuditTrail audit) {
    this.queue = queue;
    this.images = images;
    this.store = store;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/geometry", this::geometry, AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/image", this::image, AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/colour", this::colour, AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/labels", this::labels, AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/label-runs", this::labelRuns, AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/uncertainty", this::uncertainty, AccessGate.allowImageViewers());
    routes.get(
        "/api/tasks/{id}/probabilities/{segment}",
        this::probabilities,
        AccessGate.allowImageViewers());
    routes.get("/api/tasks/{id}/segmentation", this::segmentation, AccessGate.allowImageViewers());
  }

  private void geometry(Context context) {
    ProposalMade proposal = proposal(context);
    context.json(GeometryView.from(images.image(proposal), images.media(proposal)));
  }

  private void colour(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    ByteContent colour =
        images
            .colour(proposal)
            .orElseThrow(
                () -> new ApiRefusal(404, "NO_COLOUR", "series " + proposal.series() + " is grey"));
    record(context, AuditAction.TASK_OPENED, Map.of());
    if (!notModified(context, proposal.input().revisionHash().hex() + "-c" + ENCODING_VERSION)) {
      sendValues(context, colour.size(), colour::writeTo);
    }
  }

  private void image(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    // The page loads the next case while the present one is read; it may never be looked at.
    boolean ahead = "true".equals(context.queryParam("ahead"));
    record(context, AuditAction.TASK_OPENED, ahead ? Map.of("ahead", "true") : Map.of());
    if (notModified(context, proposal.input().revisionHash().hex() + "-i" + ENCODING_VERSION)) {
      return;
    }
    sendSlices(context, images.image(proposal).content());
  }

  /** Sends an image, from the slice on that the client looks at first if it says so. */
  static void sendSlices(Context context, SliceContent image) throws IOException {
    OptionalInt first = RequestParts.slice(context, "first", image.slices());
    if (first.isPresent()) {
      sendValues(context, image.size(), out -> image.writeTo(out, first.getAsInt()));
    } else {
      sendValues(context, image.size(), image::writeTo);
    }
  }

  interface Values {
    void writeTo(OutputStream out) throws IOException;
  }

  static void sendValues(Context context, int size, Values values) throws IOException {
    context.contentType(OCTETS);
    // On the same machine packing 150 MB takes longer than sending them.
    if (acceptsGzip(context) && !CallerOrigin.isLoopback(context)) {
      context.header("Content-Encoding", "gzip");
      var gzip = new FastGzip(context.res().getOutputStream());
      values.writeTo(gzip);
      gzip.finish();
    } else {
      context.res().setContentLengthLong(size);
      values.writeTo(context.res().getOutputStream());
    }
  }

  private void labels(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    if (notModified(context, proposal.labels().digest().hex() + "-l" + ENCODING_VERSION)) {
      return;
    }
    sendPacked(context, images.labels(proposal));
  }

  private void labelRuns(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    if (!notModified(context, proposal.labels().digest().hex() + "-r" + ENCODING_VERSION)) {
      ByteContent runs = images.labelRuns(proposal);
      sendValues(context, runs.size(), runs::writeTo);
    }
  }

  /** Sends what is in gzip already. */
  static void sendPacked(Context context, ByteContent gzip) throws IOException {
    if (acceptsGzip(context)) {
      context.header("Content-Encoding", "gzip");
      send(context, gzip);
      return;
    }
    context.contentType(OCTETS);
    try (InputStream values = new GZIPInputStream(gzip.open(), BUFFER)) {
      values.transferTo(context.res().getOutputStream());
    }
  }

  // The stored map is in gzip already, header and values.
  private void uncertainty(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    ObjectReference map = proposal.notes().uncertaintyMap();
    if (map == null) {
      throw new ApiRefusal(
          404, "NO_UNCERTAINTY_MAP", "proposal " + proposal.id() + " came without such a map");
    }
    if (notModified(context, map.digest().hex() + "-u" + ENCODING_VERSION)) {
      return;
    }
    // Jetty gives every type that it does not know a charset, and this one is not text.
    context.res().setCharacterEncoding(null);
    context.contentType(UncertaintyMapCodec.MEDIA_TYPE);
    try (InputStream stored = store.open(map.digest())) {
      if (acceptsGzip(context)) {
        context.header("Content-Encoding", "gzip");
        context.res().setContentLengthLong(map.size());
        stored.transferTo(context.res().getOutputStream());
      } else {
        new GZIPInputStream(stored, BUFFER).transferTo(context.res().getOutputStream());
      }
    }
  }

  // Each segment is stored in a gzip of its own, header and values.
  private void probabilities(Context context) throws IOException {
    ProposalMade proposal = proposal(context);
    int segment = RequestParts.segment(context);
    ObjectReference map = proposal.notes().probabilityMap();
    if (map == null) {
      throw new ApiRefusal(
          404, "NO_PROBABILITIES", "proposal " + proposal.id() + " came without probabilities");
    }
    if (notModified(context, map.digest().hex() + "-p" + segment + "-" + ENCODING_VERSION)) {
      return;
    }
    byte[] section = section(map, images.image(proposal).geometry().size(), segment);
    context.res().setCharacterEncoding(null);
    context.contentType(ProbabilityMapCodec.MEDIA_TYPE);
    if (acceptsGzip(context)) {
      context.header("Content-Encoding", "gzip");
      context.res().setContentLength(section.length);
      context.res().getOutputStream().write(section);
    } else {
      try (var values = new GZIPInputStream(new ByteArrayInputStream(section), BUFFER)) {
        values.transferTo(context.res().getOutputStream());
      }
    }
  }

  private byte[] section(ObjectReference map, GridSize grid, int segment) throws IOException {
    try (InputStream stored = store.open(map.digest())) {
      return ProbabilityMapCodec.section(stored, grid, segment)
          .orElseThrow(
              () ->
                  new ApiRefusal(
                      404, "NO_PROBABILITIES", "segment " + segment + " is likely nowhere"));
    }
  }

  private void segmentation(Context context) throws IOException {
    var reference = proposal(context).segmentation();
    record(context, AuditAction.OBJECT_EXPORTED, Map.of());
    if (notModified(context, reference.digest().hex())) {
      return;
    }
    context.contentType("application/dicom");
    context.res().setContentLengthLong(reference.size());
    try (InputStream in = store.open(reference.digest())) {
      in.transferTo(context.res().getOutputStream());
    }
  }

  private ProposalMade proposal(Context context) {
    UUID id = RequestParts.task(context);
    return TaskRoutes.row(queue, id).task().subject().proposal();
  }

  private void record(Context context, AuditAction action, Map<String, String> details) {
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(), action, context.pathParam("id"), details));
  }

  private static void send(Context context, ByteContent content) throws IOException {
    context.contentType(OCTETS);
    context.res().setContentLengthLong(content.size());
    content.writeTo(context.res().getOutputStream());
  }

  // The client may keep it in memory and ask whether it is still right; no disk may keep it.
  static boolean notModified(Context context, String tag) {
    String quoted = "\"" + tag + "\"";
    context.header("ETag", quoted);
    context.header("Vary", "Accept-Encoding");
    if (quoted.equals(context.header("If-None-Match"))) {
      context.status(304);
      return true;
    }
    return false;
  }

  static boolean acceptsGzip(Context context) {
    String accepted = context.header("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String stripped = coding.replace(" ", "");
      if (stripped.startsWith("gzip") && !stripped.endsWith(";q=0")) {
        return true;
      }
    }
    return false;
  }

  /** Little packing for little time. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

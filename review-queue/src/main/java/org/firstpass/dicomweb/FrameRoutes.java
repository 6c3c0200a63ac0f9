package org.firstpass.dicomweb;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.web.BulkData;
import org.firstpass.dicom.web.InstanceFrames;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;

/**
 * WADO-RS: frames and bulk data.
 *
 * @see "PS3.18 section 10.4.1.1.6, 10.4.1.1.5"
 */
final class FrameRoutes {
  private static final String INSTANCE = "/studies/{study}/series/{series}/instances/{instance}";
  private static final String PIXEL_DATA = "7FE00010";
  private static final int MOST_FRAMES = 10_000;

  private final RetrieveRoutes retrieve;

  FrameRoutes(RetrieveRoutes retrieve) {
    this.retrieve = retrieve;
  }

  void install(RoutesConfig routes, RouteRole... readers) {
    routes.get(Paths.ROOT + INSTANCE + "/frames/{frames}", this::frames, readers);
    routes.get(Paths.ROOT + INSTANCE + "/bulkdata/<path>", this::bulkData, readers);
  }

  private void frames(Context context) throws IOException {
    SortedSet<Integer> numbers = numbers(context.pathParam("frames"));
    StoredInstance instance = retrieve.one(context);
    InstanceSource source = retrieve.source(instance);
    InstanceFrames.Summary summary = summary(source);
    if (numbers.last() > summary.count()) {
      throw new ApiRefusal(404, "NO_SUCH_FRAME", "the instance has frames 1 to " + summary.count());
    }
    answer(context, instance, summary, numbers);
  }

  private void answer(
      Context context,
      StoredInstance instance,
      InstanceFrames.Summary summary,
      SortedSet<Integer> numbers)
      throws IOException {
    InstanceSource source = retrieve.source(instance);
    List<AcceptedType> accepted = AcceptedType.of(context);
    FrameFormat format =
        FrameFormat.of(summary, accepted)
            .orElseThrow(
                () ->
                    new ApiRefusal(
                        406,
                        "NOT_ACCEPTABLE",
                        "frames of transfer syntax "
                            + summary.transferSyntax()
                            + " are application/octet-stream or their own media type"));
    if (format.decoded()) {
      requireDecodable(source);
    }
    boolean multipart = accepted.stream().anyMatch(AcceptedType::multipart);
    if (!multipart && numbers.size() == 1) {
      context.res().setCharacterEncoding(null);
      context.contentType(format.contentType());
      InstanceFrames.read(
          source,
          numbers,
          format.decoded(),
          (number, frame) -> {
            context.res().setContentLengthLong(frame.length);
            context.res().getOutputStream().write(frame);
          });
      return;
    }
    String partType = format.contentType().substring(0, format.contentType().indexOf(';'));
    String location = Paths.root(context) + instance.path() + "/frames/";
    try (var parts = new MultipartAnswer(context, partType)) {
      InstanceFrames.read(
          source,
          numbers,
          format.decoded(),
          (number, frame) -> parts.part(format.contentType(), location + number).write(frame));
      parts.finish();
    }
  }

  private static InstanceFrames.Summary summary(InstanceSource source) {
    try {
      return InstanceFrames.summary(source);
    } catch (StudyRefused e) {
      if (e.code() == ReasonCode.NO_PIXEL_DATA) {
        throw new ApiRefusal(404, "NO_PIXEL_DATA", "the instance has no frames");
      }
      throw e;
    }
  }

  private static void requireDecodable(InstanceSource source) {
    try {
      InstanceFrames.requireDecodable(source);
    } catch (StudyRefused e) {
      throw new ApiRefusal(406, e.code().code(), e.code().advice());
    }
  }

  static SortedSet<Integer> numbers(String list) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String number : list.split(",", -1)) {
      if (!number.strip().matches("[1-9][0-9]{0,6}") || numbers.size() == MOST_FRAMES) {
        throw new ApiRefusal(
            400, "MALFORMED_FRAMES", "frames are numbers from 1, with commas between them");
      }
      numbers.add(Integer.parseInt(number.strip()));
    }
    return numbers;
  }

  private void bulkData(Context context) throws IOException {
    String path = context.pathParam("path");
    if (!BulkData.isPath(path)) {
      throw new ApiRefusal(
          400, "MALFORMED_PATH", "bulk data are named by tags and item numbers with slashes");
    }
    StoredInstance instance = retrieve.one(context);
    if (path.equalsIgnoreCase(PIXEL_DATA) && encapsulated(retrieve.source(instance))) {
      InstanceFrames.Summary summary = summary(retrieve.source(instance));
      SortedSet<Integer> all = new TreeSet<>();
      for (int number = 1; number <= summary.count(); number++) {
        all.add(number);
      }
      answer(context, instance, summary, all);
      return;
    }
    List<AcceptedType> accepted = AcceptedType.of(context);
    if (accepted.stream().noneMatch(type -> type.accepts(FrameFormat.OCTETS))) {
      throw new ApiRefusal(406, "NOT_ACCEPTABLE", "bulk data are application/octet-stream");
    }
    boolean multipart = accepted.stream().anyMatch(AcceptedType::multipart);
    boolean found =
        BulkData.read(
            retrieve.source(instance),
            path,
            (value, length) -> {
              if (multipart) {
                try (var parts = new MultipartAnswer(context, FrameFormat.OCTETS)) {
                  String location = Paths.root(context) + instance.path() + "/bulkdata/" + path;
                  value.transferTo(parts.part(FrameFormat.OCTETS, location));
                  parts.finish();
                }
              } else {
                context.res().setCharacterEncoding(null);
                context.contentType(FrameFormat.OCTETS);
                context.res().setContentLengthLong(length);
                value.transferTo(context.res().getOutputStream());
              }
            });
    if (!found) {
      throw new ApiRefusal(404, "NO_SUCH_BULK_DATA", "the instance has no such value");
    }
  }

  private static boolean encapsulated(InstanceSource source) {
    return summary(source).encapsulated();
  }
}

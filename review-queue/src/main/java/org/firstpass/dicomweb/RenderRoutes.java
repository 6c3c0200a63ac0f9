package org.firstpass.dicomweb;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.firstpass.dicom.web.FrameRendering;
import org.firstpass.dicom.web.InstanceFrames;
import org.firstpass.dicom.web.Rendering;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;

/**
 * WADO-RS: pictures of instances and frames, and thumbnails of what holds them. Annotation is not
 * burned in, whether asked for or not.
 *
 * @see "PS3.18 section 10.4.1.1.3, 10.4.1.1.4"
 */
final class RenderRoutes {
  private static final String INSTANCE = "/studies/{study}/series/{series}/instances/{instance}";
  private static final Rendering.Viewport THUMBNAIL = new Rendering.Viewport(128, 128, 0, 0, 0, 0);

  private final RetrieveRoutes retrieve;

  RenderRoutes(RetrieveRoutes retrieve) {
    this.retrieve = retrieve;
  }

  void install(RoutesConfig routes, RouteRole... readers) {
    routes.get(Paths.ROOT + INSTANCE + "/rendered", this::instance, readers);
    routes.get(Paths.ROOT + INSTANCE + "/frames/{frames}/rendered", this::frame, readers);
    routes.get(Paths.ROOT + INSTANCE + "/frames/{frames}/thumbnail", this::thumbnail, readers);
    routes.get(Paths.ROOT + INSTANCE + "/thumbnail", this::thumbnail, readers);
    routes.get(Paths.ROOT + "/studies/{study}/series/{series}/thumbnail", this::thumbnail, readers);
    routes.get(Paths.ROOT + "/studies/{study}/thumbnail", this::thumbnail, readers);
  }

  private void instance(Context context) {
    answer(context, retrieve.one(context), 1, rendering(context, Optional.empty()));
  }

  private void frame(Context context) {
    answer(context, retrieve.one(context), number(context), rendering(context, Optional.empty()));
  }

  /** Of several instances or frames the one in the middle: the ends of a stack show little. */
  private void thumbnail(Context context) {
    List<StoredInstance> found = retrieve.found(context);
    StoredInstance middle = found.get(found.size() / 2);
    int frame =
        context.pathParamMap().containsKey("frames")
            ? number(context)
            : 1 + (frames(middle) - 1) / 2;
    answer(context, middle, frame, rendering(context, Optional.of(THUMBNAIL)));
  }

  private int frames(StoredInstance instance) {
    try {
      return InstanceFrames.summary(retrieve.source(instance)).count();
    } catch (StudyRefused e) {
      throw refused(e);
    }
  }

  private static int number(Context context) {
    SortedSet<Integer> numbers = FrameRoutes.numbers(context.pathParam("frames"));
    if (numbers.size() > 1) {
      throw new ApiRefusal(406, "NOT_ACCEPTABLE", "one frame at a time becomes a picture");
    }
    return numbers.first();
  }

  private void answer(Context context, StoredInstance instance, int frame, Rendering rendering) {
    Optional<byte[]> picture;
    try {
      picture = FrameRendering.render(retrieve.source(instance), frame, rendering);
    } catch (StudyRefused e) {
      throw refused(e);
    }
    context
        .contentType(rendering.format().mediaType())
        .result(
            picture.orElseThrow(
                () -> new ApiRefusal(404, "NO_SUCH_FRAME", "the instance has fewer frames")));
  }

  private static ApiRefusal refused(FirstpassFailure failure) {
    return failure.code() == ReasonCode.NO_PIXEL_DATA
        ? new ApiRefusal(404, "NO_PIXEL_DATA", "the instance has no frames")
        : new ApiRefusal(406, failure.code().code(), failure.code().advice());
  }

  private static Rendering rendering(Context context, Optional<Rendering.Viewport> unless) {
    try {
      Optional<Rendering.Viewport> viewport =
          Optional.ofNullable(context.queryParam("viewport")).map(RenderRoutes::viewport);
      return new Rendering(
          format(context),
          Optional.ofNullable(context.queryParam("window")).map(RenderRoutes::window),
          viewport.or(() -> unless),
          Optional.ofNullable(context.queryParam("quality"))
              .map(RenderRoutes::quality)
              .orElse(OptionalInt.empty()));
    } catch (IllegalArgumentException e) {
      throw new ApiRefusal(
          400,
          "MALFORMED_RENDERING",
          "window=centre,width,function (linear, linear-exact, sigmoid);"
              + " viewport=width,height,left,top,width,height; quality=1 to 100");
    }
  }

  private static Rendering.Format format(Context context) {
    for (AcceptedType type : AcceptedType.of(context)) {
      for (Rendering.Format format : Rendering.Format.values()) {
        if (type.accepts(format.mediaType())) {
          return format;
        }
      }
    }
    throw new ApiRefusal(406, "NOT_ACCEPTABLE", "pictures are image/jpeg or image/png");
  }

  private static Rendering.Window window(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("two or three values");
    }
    String function = parts.length == 3 ? parts[2] : "linear";
    return new Rendering.Window(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Rendering.Function.valueOf(function.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private static Rendering.Viewport viewport(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2 && parts.length != 6) {
      throw new IllegalArgumentException("two or six values");
    }
    int[] values = new int[6];
    for (int i = 0; i < parts.length; i++) {
      // Nothing between commas is the default.
      values[i] = parts[i].isBlank() ? 0 : (int) Math.round(Double.parseDouble(parts[i]));
    }
    return new Rendering.Viewport(values[0], values[1], values[2], values[3], values[4], values[5]);
  }

  private static OptionalInt quality(String text) {
    int quality = Integer.parseInt(text);
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("1 to 100");
    }
    return OptionalInt.of(quality);
  }
}

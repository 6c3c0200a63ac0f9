package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.firstpass.correction.CaseImages;
import org.firstpass.correction.ViewedImage;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RequestedBox;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.journal.Runs;
import org.firstpass.journal.RunsBuilder;
import org.firstpass.refine.Crop;
import org.firstpass.refine.Prompt;
import org.firstpass.refine.Refining;
import org.firstpass.review.ReviewQueue;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** {@code /api/tasks/{id}/refine}: a mask follows clicks. Nothing is kept of it here. */
public final class RefineRoutes {
  private static final int MOST_PROMPTS = 500;

  private final ReviewQueue queue;
  private final CaseImages images;
  private final Supplier<Refining> refining;

  public RefineRoutes(ReviewQueue queue, CaseImages images, Supplier<Refining> refining) {
    this.queue = queue;
    this.images = images;
    this.refining = refining;
  }

  /**
   * What is to be painted.
   *
   * @param runs in base64, see {@link Runs}: the segment where it is added, 0 where it is taken
   *     away
   * @param by {@code standard} or {@code site}
   * @param instead why the site's model did not make it, a code
   */
  record View(String runs, String by, @Nullable String instead) {}

  public void install(RoutesConfig routes) {
    routes.post("/api/tasks/{id}/refine", this::refine, AccessGate.allowReaders());
  }

  private void refine(Context context) {
    UUID task = RequestParts.task(context);
    JsonNode body = RequestParts.json(context.body());
    ProposalMade proposal = TaskRoutes.row(queue, task).task().subject().proposal();
    int segment = segment(body, proposal);
    RequestedBox box = RequestBoxes.box(body.path("box"));
    ViewedImage image = images.image(proposal);
    GridSize volume = image.geometry().size();
    RequestBoxes.requireWithin(box, volume);
    Crop crop = crop(image, box, mask(body, box, volume));
    Refining.Refined refined;
    try {
      refined = refining.get().refine(crop, prompts(body.path("prompts"), box));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'prompts' are clicks within the box, one at least");
    }
    context.json(
        new View(
            Base64.getEncoder().encodeToString(changes(crop, refined, box, volume, segment)),
            refined.by().name().toLowerCase(Locale.ROOT),
            refined.instead().map(Enum::name).orElse(null)));
  }

  private static int segment(JsonNode body, ProposalMade proposal) {
    int segment = body.path("segment").asInt(0);
    if (proposal.schema().segments().stream().map(Segment::number).noneMatch(n -> n == segment)) {
      throw RequestParts.malformed("'segment' is a number of the protocol");
    }
    return segment;
  }

  private static List<Prompt> prompts(JsonNode list, RequestedBox box) {
    if (!list.isArray() || list.size() > MOST_PROMPTS) {
      throw RequestParts.malformed("'prompts' is a list of up to " + MOST_PROMPTS + " clicks");
    }
    List<Prompt> prompts = new ArrayList<>();
    for (JsonNode node : list) {
      int[] at = RequestBoxes.index(node.path("at"), "prompts.at");
      prompts.add(
          new Prompt(
              at[0] - box.firstColumn(),
              at[1] - box.firstRow(),
              at[2] - box.firstSlice(),
              node.path("adds").asBoolean(true)));
    }
    return prompts;
  }

  private static GridSize sizeOf(RequestedBox box) {
    var size =
        new GridSize(
            box.lastColumn() - box.firstColumn() + 1,
            box.lastRow() - box.firstRow() + 1,
            box.lastSlice() - box.firstSlice() + 1);
    if (Math.max(size.columns(), Math.max(size.rows(), size.slices())) > Crop.LARGEST) {
      throw new ApiRefusal(
          422, "BOX_TOO_LARGE", "a box is up to " + Crop.LARGEST + " voxels long on each side");
    }
    return size;
  }

  /** The runs of the request within the box. */
  private static byte[] mask(JsonNode body, RequestedBox box, GridSize volume) {
    GridSize size = sizeOf(box);
    var mask = new byte[size.voxels()];
    Runs runs;
    try {
      runs = Runs.of(Base64.getDecoder().decode(body.path("mask").asText("")));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'mask' is runs in base64");
    }
    runs.forEach(
        volume.voxels(),
        Integer.MAX_VALUE,
        (start, length, label) -> {
          for (int at = start; label != 0 && at < start + length; at++) {
            int column = at % volume.columns() - box.firstColumn();
            int row = at / volume.columns() % volume.rows() - box.firstRow();
            int slice = at / volume.voxelsPerSlice() - box.firstSlice();
            if (size.contains(column, row, slice)) {
              mask[size.index(column, row, slice)] = 1;
            }
          }
        });
    return mask;
  }

  private static Crop crop(ViewedImage image, RequestedBox box, byte[] mask) {
    GridGeometry geometry = image.geometry();
    GridSize size = sizeOf(box);
    var values = new short[size.voxels()];
    for (int slice = 0; slice < size.slices(); slice++) {
      ShortBuffer all = image.content().slice(box.firstSlice() + slice);
      for (int row = 0; row < size.rows(); row++) {
        all.position(geometry.size().index(box.firstColumn(), box.firstRow() + row, 0));
        all.get(values, size.index(0, row, slice), size.columns());
      }
    }
    return new Crop(size, geometry.spacing(), values, mask, cut(box, geometry.size()));
  }

  /** Where the image goes on behind the box. */
  private static Set<Crop.Face> cut(RequestedBox box, GridSize volume) {
    Set<Crop.Face> cut = EnumSet.noneOf(Crop.Face.class);
    addIf(box.firstColumn() > 0, Crop.Face.FIRST_COLUMN, cut);
    addIf(box.lastColumn() < volume.columns() - 1, Crop.Face.LAST_COLUMN, cut);
    addIf(box.firstRow() > 0, Crop.Face.FIRST_ROW, cut);
    addIf(box.lastRow() < volume.rows() - 1, Crop.Face.LAST_ROW, cut);
    addIf(box.firstSlice() > 0, Crop.Face.FIRST_SLICE, cut);
    addIf(box.lastSlice() < volume.slices() - 1, Crop.Face.LAST_SLICE, cut);
    return cut;
  }

  private static void addIf(boolean goesOn, Crop.Face face, Set<Crop.Face> cut) {
    if (goesOn) {
      cut.add(face);
    }
  }

  private static byte[] changes(
      Crop crop, Refining.Refined refined, RequestedBox box, GridSize volume, int segment) {
    var runs = new RunsBuilder();
    GridSize size = crop.size();
    byte[] after = refined.mask();
    for (int at = 0; at < after.length; at++) {
      if (crop.isInMask(at) != (after[at] == 1)) {
        int to =
            volume.index(
                box.firstColumn() + at % size.columns(),
                box.firstRow() + at / size.columns() % size.rows(),
                box.firstSlice() + at / size.voxelsPerSlice());
        runs.add(to, 1, after[at] == 1 ? segment : 0);
      }
    }
    return runs.build().toBytes();
  }
}

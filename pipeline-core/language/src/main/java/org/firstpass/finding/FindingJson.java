package org.firstpass.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.firstpass.finding.Finding.Heading;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A finding as JSON: what its kind does not have is left out.
 *
 * @param points in patient space (LPS, mm): x, y, z of each
 * @param frame on which it was drawn, of the image {@code instance}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FindingJson(
    @Nullable UUID id,
    @Nullable String kind,
    @Nullable CodedConcept concept,
    int segment,
    @Nullable String reader,
    @Nullable Instant at,
    @Nullable CodedConcept choice,
    @Nullable String text,
    @Nullable List<List<Double>> points,
    @Nullable String instance,
    @Nullable Integer frame) {

  static FindingJson from(Finding finding) {
    Heading heading = finding.heading();
    Outline outline = finding.drawn().orElse(null);
    ImageFrame frame = outline == null ? null : outline.image();
    return new FindingJson(
        heading.id(),
        finding.kind().name().toLowerCase(Locale.ROOT),
        heading.concept(),
        heading.segment(),
        heading.reader(),
        heading.at(),
        finding instanceof Finding.Tag tag ? tag.choice() : null,
        finding instanceof Finding.Comment comment ? comment.text() : null,
        outline == null ? null : outline.points().stream().map(FindingJson::numbers).toList(),
        frame == null ? null : frame.instance().value(),
        frame == null ? null : frame.frame());
  }

  private static List<Double> numbers(Vector3 point) {
    return List.of(point.x(), point.y(), point.z());
  }

  /** The finding, stated by this reader at this moment. */
  Finding to(String by, Instant moment) {
    FindingKind what = kindOf();
    var heading =
        new Heading(required("id", id), required("concept", concept), segment, by, moment);
    return switch (what) {
      case TAG -> new Finding.Tag(heading, choice);
      case COMMENT -> new Finding.Comment(heading, required("text", text));
      case POINT -> new Finding.Point(heading, outline());
      case BOX -> new Finding.Box(heading, outline());
      case CONTOUR -> new Finding.Contour(heading, outline());
      case LENGTH -> new Finding.Length(heading, outline());
      case AREA -> new Finding.Area(heading, outline());
    };
  }

  /** The finding, stated by this reader when it says. */
  Finding to(String by) {
    return to(by, required("at", at));
  }

  Finding to() {
    return to(required("reader", reader));
  }

  private FindingKind kindOf() {
    String name = required("kind", kind);
    for (FindingKind one : FindingKind.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("there is no finding of kind '" + name + "'");
  }

  private Outline outline() {
    List<List<Double>> numbers = required("points", points);
    if (numbers.size() > Outline.MAX_POINTS) {
      throw new IllegalArgumentException(
          "a finding has up to %d points, not %d".formatted(Outline.MAX_POINTS, numbers.size()));
    }
    var image =
        instance == null || frame == null
            ? null
            : new ImageFrame(new SopInstanceUid(instance), frame);
    return new Outline(numbers.stream().map(FindingJson::point).toList(), image);
  }

  private static Vector3 point(List<Double> numbers) {
    if (numbers.size() != 3 || numbers.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a point has three numbers");
    }
    return new Vector3(numbers.get(0), numbers.get(1), numbers.get(2));
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("a finding lacks '" + name + "'");
    }
    return value;
  }
}

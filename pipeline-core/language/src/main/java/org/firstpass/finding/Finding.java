package org.firstpass.finding;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.jspecify.annotations.Nullable;

/** What a reader states of an image or of one segment of it. */
public sealed interface Finding {

  Heading heading();

  FindingKind kind();

  /** Where it was drawn; empty of tags and comments. */
  default Optional<Outline> drawn() {
    return Optional.empty();
  }

  /** The same, drawn on this frame. */
  default Finding on(ImageFrame frame) {
    return this;
  }

  /**
   * What every finding has.
   *
   * @param id the same as long as the finding is changed and not made anew
   * @param concept what is found, measured or answered
   * @param segment that it is of; 0 for the whole image
   * @param reader who stated it: a subject, never a display name
   * @param at when it was stated last, by the reader's clock
   */
  record Heading(UUID id, CodedConcept concept, int segment, String reader, Instant at) {
    public Heading {
      if (segment < 0 || reader.isBlank()) {
        throw new IllegalArgumentException("finding " + id + " is of a segment and by a reader");
      }
    }
  }

  /**
   * A coded word.
   *
   * @param choice the answer, null if the concept itself is what is said
   */
  record Tag(Heading heading, @Nullable CodedConcept choice) implements Finding {
    @Override
    public FindingKind kind() {
      return FindingKind.TAG;
    }

    public Optional<CodedConcept> chosen() {
      return Optional.ofNullable(choice);
    }
  }

  /** A place. */
  record Point(Heading heading, Outline outline) implements Finding {
    public Point {
      outline.requirePoints(1, 1);
    }

    @Override
    public FindingKind kind() {
      return FindingKind.POINT;
    }

    @Override
    public Optional<Outline> drawn() {
      return Optional.of(outline);
    }

    @Override
    public Finding on(ImageFrame frame) {
      return new Point(heading, outline.on(frame));
    }

    public Vector3 place() {
      return outline.points().get(0);
    }
  }

  /** A rectangle: four corners, each next to the one before. */
  record Box(Heading heading, Outline outline) implements Finding {
    public Box {
      outline.requirePoints(4, 4);
      outline.requirePlane();
      outline.requireRightAngles();
    }

    @Override
    public FindingKind kind() {
      return FindingKind.BOX;
    }

    @Override
    public Optional<Outline> drawn() {
      return Optional.of(outline);
    }

    @Override
    public Finding on(ImageFrame frame) {
      return new Box(heading, outline.on(frame));
    }
  }

  /** A closed border on a plane; its last point is joined to the first. */
  record Contour(Heading heading, Outline outline) implements Finding {
    public Contour {
      outline.requirePoints(3, Outline.MAX_POINTS);
      outline.requirePlane();
    }

    @Override
    public FindingKind kind() {
      return FindingKind.CONTOUR;
    }

    @Override
    public Optional<Outline> drawn() {
      return Optional.of(outline);
    }

    @Override
    public Finding on(ImageFrame frame) {
      return new Contour(heading, outline.on(frame));
    }
  }

  /** The distance between two places. */
  record Length(Heading heading, Outline outline) implements Finding {
    public Length {
      outline.requirePoints(2, 2);
      if (outline.points().get(0).equals(outline.points().get(1))) {
        throw new IllegalArgumentException("a length ends where it begins");
      }
    }

    @Override
    public FindingKind kind() {
      return FindingKind.LENGTH;
    }

    @Override
    public Optional<Outline> drawn() {
      return Optional.of(outline);
    }

    @Override
    public Finding on(ImageFrame frame) {
      return new Length(heading, outline.on(frame));
    }

    public double millimetres() {
      return outline.points().get(1).minus(outline.points().get(0)).length();
    }
  }

  /** A closed border on a plane, and how large it is inside. */
  record Area(Heading heading, Outline outline) implements Finding {
    public Area {
      outline.requirePoints(3, Outline.MAX_POINTS);
      outline.requirePlane();
    }

    @Override
    public FindingKind kind() {
      return FindingKind.AREA;
    }

    @Override
    public Optional<Outline> drawn() {
      return Optional.of(outline);
    }

    @Override
    public Finding on(ImageFrame frame) {
      return new Area(heading, outline.on(frame));
    }

    public double squareMillimetres() {
      return outline.squareMillimetres();
    }
  }

  /** Words of the reader: never in an event, a log or a metric. */
  record Comment(Heading heading, String text) implements Finding {
    private static final int MAX_CHARACTERS = 2000;

    public Comment {
      if (text.isBlank() || text.length() > MAX_CHARACTERS) {
        throw new IllegalArgumentException(
            "a comment has 1 to " + MAX_CHARACTERS + " characters, but has " + text.length());
      }
    }

    @Override
    public FindingKind kind() {
      return FindingKind.COMMENT;
    }

    @Override
    public String toString() {
      return "Comment[" + heading.id() + ", " + text.length() + " characters]";
    }
  }
}

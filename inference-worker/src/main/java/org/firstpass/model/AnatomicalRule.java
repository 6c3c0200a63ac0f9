package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What anatomy forbids, mended on the source grid after each segment's own clean-up, in the order
 * of the manifest. Segments are named by their numbers; components are 26-connected.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AnatomicalRule.Near.class, name = "near"),
  @JsonSubTypes.Type(value = AnatomicalRule.Sides.class, name = "sides"),
  @JsonSubTypes.Type(value = AnatomicalRule.Beyond.class, name = "beyond")
})
public sealed interface AnatomicalRule {

  /** Every segment that the rule speaks of. */
  List<Integer> segments();

  /** Components of a segment that are further than this from another segment go. */
  record Near(int segment, int to, double withinMm) implements AnatomicalRule {
    public Near {
      Requirement.that(segment != to, "labels.rules near needs two different segments");
      Requirement.that(
          withinMm >= 0 && Double.isFinite(withinMm), "labels.rules withinMm must not be negative");
    }

    @Override
    public List<Integer> segments() {
      return List.of(segment, to);
    }
  }

  /**
   * Components of two paired organs belong to the side of the patient on which their centroid lies,
   * seen from the centroid of a midline segment.
   */
  record Sides(int left, int right, int midline) implements AnatomicalRule {
    public Sides {
      Requirement.that(
          left != right && left != midline && right != midline,
          "labels.rules sides needs three different segments");
    }

    @Override
    public List<Integer> segments() {
      return List.of(left, right, midline);
    }
  }

  /** Components of a segment whose centroid does not lie in a direction from another one's go. */
  record Beyond(int segment, int from, Direction direction) implements AnatomicalRule {
    public Beyond {
      Requirement.that(segment != from, "labels.rules beyond needs two different segments");
      Requirement.present("labels.rules.direction", direction);
    }

    @Override
    public List<Integer> segments() {
      return List.of(segment, from);
    }
  }

  /** A direction of the patient. */
  enum Direction {
    LEFT,
    RIGHT,
    FRONT,
    BACK,
    HEAD,
    FEET
  }
}

package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.firstpass.model.GridSpec.PatientSpace;
import org.jspecify.annotations.Nullable;

/** How the grid is cut down to what matters. Without a {@code kind} it is {@link Above}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = CropSpec.Above.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = CropSpec.Above.class, name = "above"),
  @JsonSubTypes.Type(value = CropSpec.NonZero.class, name = "non-zero"),
  @JsonSubTypes.Type(value = CropSpec.Body.class, name = "body"),
  @JsonSubTypes.Type(value = CropSpec.Box.class, name = "box"),
  @JsonSubTypes.Type(value = CropSpec.Coarse.class, name = "coarse")
})
public sealed interface CropSpec {

  /**
   * To the box around the voxels of the network's grid above a value.
   *
   * @param above rescaled value of the first channel; voxels that exceed it are kept
   * @param marginMm how much is kept around them
   */
  record Above(double above, double marginMm) implements CropSpec {
    public Above {
      Requirement.that(Double.isFinite(above), "input.crop.above must be a finite number");
      requireMargin(marginMm);
    }
  }

  /**
   * To the box around the voxels of the series that are not 0 in any channel, before anything else:
   * what nnU-Net does.
   */
  record NonZero() implements CropSpec {}

  /**
   * To the box around the largest connected body on the grid of the series, before anything else.
   *
   * @param above rescaled value that tells body from air, for instance -300 for CT
   */
  record Body(double above, double marginMm) implements CropSpec {
    public Body {
      Requirement.that(Double.isFinite(above), "input.crop.above must be a finite number");
      requireMargin(marginMm);
    }
  }

  /**
   * To a box in patient space, before anything else.
   *
   * @param space in which the corners are given; order x, y, z
   * @param minimum outer corner, mm
   * @param maximum outer corner, mm
   */
  record Box(PatientSpace space, List<Double> minimum, List<Double> maximum) implements CropSpec {
    public Box {
      Requirement.present("input.crop.space", space);
      minimum = Requirement.numbers("input.crop.minimum", minimum);
      maximum = Requirement.numbers("input.crop.maximum", maximum);
      for (int axis = 0; axis < minimum.size(); axis++) {
        Requirement.that(
            minimum.get(axis) < maximum.get(axis),
            "input.crop.minimum must lie below input.crop.maximum, but " + minimum + " " + maximum);
      }
    }
  }

  /**
   * To the box around what a coarse package finds, before anything else: a cascade.
   *
   * @param model the name of the coarse package
   * @param version its version, null for the one that is served
   * @param segments the numbers of its segments that count, empty for all
   */
  record Coarse(String model, @Nullable String version, List<Integer> segments, double marginMm)
      implements CropSpec {
    public Coarse {
      Requirement.text("input.crop.model", model);
      segments = Requirement.list("input.crop.segments", segments);
      Requirement.that(
          segments.stream().allMatch(number -> number >= 1),
          "input.crop.segments must be segment numbers, from 1, but is " + segments);
      requireMargin(marginMm);
    }
  }

  private static void requireMargin(double marginMm) {
    Requirement.that(
        marginMm >= 0 && Double.isFinite(marginMm), "input.crop.marginMm must not be negative");
  }
}

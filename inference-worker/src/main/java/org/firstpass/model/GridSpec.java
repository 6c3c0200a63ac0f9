package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which voxels the network's input has. Lists are in the order of the tensor axes D, H, W. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GridSpec.Source.class, name = "source"),
  @JsonSubTypes.Type(value = GridSpec.Spaced.class, name = "spacing"),
  @JsonSubTypes.Type(value = GridSpec.Conformed.class, name = "conformed"),
  @JsonSubTypes.Type(value = GridSpec.Box.class, name = "box")
})
public sealed interface GridSpec {

  /** The voxels of the series, reordered to the orientation that is nearest to the stated one. */
  record Source() implements GridSpec {}

  /**
   * The series at another spacing, along its axes.
   *
   * @param spacing mm; 0 keeps that of the series along this axis
   * @param anchor what the two grids have in common; the extent if null
   */
  record Spaced(List<Double> spacing, @Nullable Anchor anchor) implements GridSpec {
    public Spaced {
      spacing = Requirement.numbers("input.grid.spacing", spacing);
      Requirement.that(
          spacing.stream().allMatch(value -> value >= 0),
          "input.grid.spacing must not be negative: " + spacing);
    }

    /** With the extent in common. */
    public Spaced(List<Double> spacing) {
      this(spacing, null);
    }

    public Anchor effectiveAnchor() {
      return anchor == null ? Anchor.EXTENT : anchor;
    }
  }

  /** What a grid of another spacing has in common with that of the series. */
  enum Anchor {
    /**
     * The outer border: round(n x spacing / wanted) voxels, and the spacing then fills the extent
     * exactly. What nnU-Net and scikit-image do.
     */
    EXTENT,
    /**
     * The centre of the first voxel: round((n - 1) x spacing / wanted) + 1 voxels of exactly the
     * wanted spacing. What MONAI's Spacing does.
     */
    FIRST_VOXEL
  }

  /**
   * A fixed number of voxels of a fixed spacing, centred on the series, along the patient's axes:
   * what FreeSurfer calls conformed.
   */
  record Conformed(List<Integer> size, List<Double> spacing) implements GridSpec {
    public Conformed {
      size = Requirement.sizes("input.grid.size", size);
      spacing = positive("input.grid.spacing", spacing);
    }
  }

  /**
   * A fixed number of voxels that fill a box in patient space exactly.
   *
   * @param space in which the corners are given; order x, y, z
   * @param minimum outer corner of the box, mm
   * @param maximum outer corner of the box, mm
   */
  record Box(PatientSpace space, List<Double> minimum, List<Double> maximum, List<Integer> size)
      implements GridSpec {
    public Box {
      Requirement.present("input.grid.space", space);
      minimum = Requirement.numbers("input.grid.minimum", minimum);
      maximum = Requirement.numbers("input.grid.maximum", maximum);
      size = Requirement.sizes("input.grid.size", size);
      for (int axis = 0; axis < size.size(); axis++) {
        Requirement.that(
            minimum.get(axis) < maximum.get(axis),
            "input.grid.minimum must lie below input.grid.maximum, but " + minimum + " " + maximum);
      }
    }
  }

  /** The sign convention of patient coordinates in a manifest. */
  enum PatientSpace {
    /** DICOM's: x to the left, y to the back, z to the head. */
    LPS,
    /** NIfTI's: x to the right, y to the front, z to the head. */
    RAS
  }

  private static List<Double> positive(String field, List<Double> values) {
    List<Double> checked = Requirement.numbers(field, values);
    Requirement.that(
        checked.stream().allMatch(value -> value > 0), field + " must be above zero: " + checked);
    return checked;
  }
}

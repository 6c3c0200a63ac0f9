package org.firstpass.model;

import java.util.List;
import org.firstpass.geometry.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * How a volume, or several in one frame of reference, become the network's input tensor (1,
 * channels, D, H, W), float32; of a 2-D network (N, channels, H, W).
 *
 * <p>D is the slice, H the row and W the column index of the network's grid.
 *
 * @param tensor the name of the input in the graph
 * @param channels one entry per channel, in order; the first is that of the series itself
 * @param orientation where D, H and W grow
 * @param asAcquired whether the axes of the series are named as if it were an axial one (slices S,
 *     rows P, columns L), however the patient lay: orientation then only permutes and turns
 *     indices, and {@code SPL} leaves them as they are. False if null
 * @param grid which voxels the tensor has
 * @param outside what lies beyond the scan
 * @param crop how the grid is cut down to what matters, null if it is not
 * @param resampling how values between voxels are found; trilinear if null
 * @param order which comes first, the grid or the intensity rule; the grid if null
 * @param dimensions 3, or 2 for a network that sees slices across D; 3 if null
 * @param neighbours for a 2.5-D network: how many slices on each side are channels too, in the
 *     order of D; 0 if null. Where there is none the border slice is repeated
 */
public record InputSpec(
    String tensor,
    List<ChannelSpec> channels,
    Orientation orientation,
    @Nullable Boolean asAcquired,
    GridSpec grid,
    OutsideSpec outside,
    @Nullable CropSpec crop,
    @Nullable ResamplingSpec resampling,
    @Nullable Order order,
    @Nullable Integer dimensions,
    @Nullable Integer neighbours) {
  private static final int VOLUME = 3;
  private static final int PLANE = 2;

  public InputSpec {
    Requirement.text("input.tensor", tensor);
    channels = Requirement.list("input.channels", channels);
    Requirement.that(!channels.isEmpty(), "input.channels must have at least one entry");
    Requirement.that(
        channels.get(0).series() == null,
        "the first of input.channels is the series itself and has no rule for another one");
    Requirement.present("input.orientation", orientation);
    Requirement.present("input.grid", grid);
    Requirement.present("input.outside", outside);
    Requirement.that(
        dimensions == null || dimensions == PLANE || dimensions == VOLUME,
        "input.dimensions must be 2 or 3, but is " + dimensions);
    Requirement.that(
        neighbours == null || neighbours >= 0, "input.neighbours must not be negative");
    Requirement.that(
        neighbours == null || neighbours == 0 || dimensions != null && dimensions == PLANE,
        "input.neighbours are for networks with input.dimensions 2");
    Requirement.that(
        !Boolean.TRUE.equals(asAcquired) || !isOnPatientAxes(grid),
        "input.asAcquired keeps the axes of the series, but input.grid has those of the patient");
    Requirement.that(
        resampling == null || resampling.anisotropy() == null || grid instanceof GridSpec.Spaced,
        "input.resampling.anisotropy is for input.grid of the kind spacing");
    Requirement.that(
        crop == null || crop instanceof CropSpec.Above || !(grid instanceof GridSpec.Box),
        "input.crop before anything else is of no use to input.grid of the kind box");
    Requirement.that(
        !(crop instanceof CropSpec.Above) || order != Order.INTENSITY_FIRST,
        "input.crop above is on the network's grid, which input.order INTENSITY_FIRST comes before");
  }

  private static boolean isOnPatientAxes(GridSpec grid) {
    return grid instanceof GridSpec.Conformed || grid instanceof GridSpec.Box;
  }

  /** A 3-D input of trilinear interpolation, before its intensity rule. */
  public InputSpec(
      String tensor,
      List<ChannelSpec> channels,
      Orientation orientation,
      GridSpec grid,
      OutsideSpec outside,
      @Nullable CropSpec crop) {
    this(tensor, channels, orientation, null, grid, outside, crop, null, null, null, null);
  }

  /** Whether it is a 2-D network, which sees slices and not volumes. */
  public boolean seesSlices() {
    return dimensions != null && dimensions == PLANE;
  }

  public boolean keepsAcquiredAxes() {
    return Boolean.TRUE.equals(asAcquired);
  }

  public ResamplingSpec effectiveResampling() {
    return resampling == null ? ResamplingSpec.LINEAR : resampling;
  }

  public boolean normalisesFirst() {
    return order == Order.INTENSITY_FIRST;
  }

  public int effectiveNeighbours() {
    return neighbours == null ? 0 : neighbours;
  }

  /** Channels of the tensor: those of the volume, once per slice that a 2.5-D network sees. */
  public int tensorChannels() {
    return channels.size() * (2 * effectiveNeighbours() + 1);
  }

  /** Which of two steps comes first. */
  public enum Order {
    /** Resampled first, as MONAI bundles usually do. */
    GRID_FIRST,
    /** Intensities first, on the voxels of the series, as nnU-Net does. */
    INTENSITY_FIRST
  }

  /**
   * One channel of the volume.
   *
   * @param name what it shows, for instance CT or T1
   * @param series which other series of the study it is taken from, in the same frame of reference;
   *     null for the series itself
   */
  public record ChannelSpec(String name, IntensitySpec intensity, @Nullable Applicability series) {
    public ChannelSpec {
      Requirement.text("input.channels.name", name);
      Requirement.present("input.channels.intensity", intensity);
    }

    /** A channel of the series itself. */
    public ChannelSpec(String name, IntensitySpec intensity) {
      this(name, intensity, null);
    }
  }
}

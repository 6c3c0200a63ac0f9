package org.firstpass.model;

import java.util.List;
import org.firstpass.geometry.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * How a volume becomes the network's input tensor (1, channels, D, H, W), float32.
 *
 * <p>D is the slice, H the row and W the column index of the network's grid.
 *
 * @param tensor the name of the input in the graph
 * @param channels one entry per channel, in order
 * @param orientation where D, H and W grow
 * @param grid which voxels the tensor has
 * @param outside what lies beyond the scan
 * @param crop how the grid is cut down to what matters, null if it is not
 */
public record InputSpec(
    String tensor,
    List<ChannelSpec> channels,
    Orientation orientation,
    GridSpec grid,
    OutsideSpec outside,
    @Nullable CropSpec crop) {
  public InputSpec {
    Requirement.text("input.tensor", tensor);
    Requirement.present("input.channels", channels);
    Requirement.that(
        channels.size() == 1,
        "input.channels must have one entry in format 1, but has " + channels.size());
    channels = List.copyOf(channels);
    Requirement.present("input.orientation", orientation);
    Requirement.present("input.grid", grid);
    Requirement.present("input.outside", outside);
  }

  /**
   * One channel of the tensor.
   *
   * @param name what it shows, for instance CT or T1
   */
  public record ChannelSpec(String name, IntensitySpec intensity) {
    public ChannelSpec {
      Requirement.text("input.channels.name", name);
      Requirement.present("input.channels.intensity", intensity);
    }
  }

  /**
   * Cuts the grid to the box around the voxels above a value.
   *
   * @param above rescaled value; voxels that exceed it are kept
   * @param marginMm how much is kept around them
   */
  public record CropSpec(double above, double marginMm) {
    public CropSpec {
      Requirement.that(
          Double.isFinite(above) && marginMm >= 0,
          "input.crop needs a finite 'above' and a 'marginMm' that is not negative");
    }
  }
}

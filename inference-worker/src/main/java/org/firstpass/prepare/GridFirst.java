package org.firstpass.prepare;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.CropSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;

/** Onto the network's grid first, then the intensity rule, then the crop of that grid. */
record GridFirst(InputSpec input, RegionOfInterest region) {

  NetworkInput run(List<Volume> channels) {
    GridGeometry network = NetworkGrids.of(region.grid(), input);
    VoxelBox kept = RegionOfInterest.whole(network).box();
    List<float[]> made = new ArrayList<>();
    for (int channel = 0; channel < channels.size(); channel++) {
      float[] values = resampled(channels.get(channel), network);
      if (channel == 0 && input.crop() instanceof CropSpec.Above above) {
        kept = Cropping.box(values, network, above);
      }
      Intensity.of(
              input.channels().get(channel).intensity(),
              ValueLines.of(values, network.size()),
              null)
          .apply(values);
      made.add(Cropping.cut(values, network.size(), kept));
    }
    return new NetworkInput(NetworkGrids.part(network, kept), made);
  }

  /** A volume on the grid of the series is cropped as that is; another one is taken as a whole. */
  private float[] resampled(Volume volume, GridGeometry network) {
    GridGeometry own = volume.geometry();
    RegionOfInterest part =
        own.isSameGridAs(region.source())
            ? new RegionOfInterest(own, region.box())
            : RegionOfInterest.whole(own);
    GridAxis across = SeparateAxis.onTheWayThere(part.grid(), network, input).orElse(null);
    return GridResampling.of(input.effectiveResampling(), across, input.outside())
        .onto(ValueLines.of(volume, part.box()), part.grid(), network);
  }
}

package org.firstpass.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.CropSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.volume.Volume;

/**
 * From the volumes of a series, or of several in one frame of reference, to the network's input, in
 * the order of steps that the manifest states.
 *
 * <p>A crop on the grid of the series comes before anything else. With {@link
 * InputSpec.Order#GRID_FIRST} each channel is then interpolated onto the network's grid, its
 * intensity rule applied there, and a crop of that grid made last. With {@link
 * InputSpec.Order#INTENSITY_FIRST} the rule is applied to the voxels of the series: nnU-Net's order
 * of steps. A channel on a grid of its own is then first brought onto that of the series.
 *
 * <p>Beside the result there is room for some slices only, as long as grids are parallel.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * The channels as the network wants them.
   *
   * @param channels one volume per channel of the manifest, in its order, that of the series first
   * @param coarse what a coarse model found, for a manifest with such a crop
   * @throws StudyRefused CHANNEL_MISSING if there are too few channels or if one is of another
   *     frame of reference; REGION_NOT_FOUND if no voxel lies in the manifest's box or the coarse
   *     model's region is not there
   * @throws IllegalArgumentException if there are too many channels
   */
  public static Prepared prepare(
      List<Volume> channels, ModelManifest manifest, Optional<RegionOfInterest> coarse) {
    return prepare(channels, manifest.input(), coarse);
  }

  /** The one channel of a network without a coarse model. */
  public static NetworkInput prepare(Volume volume, InputSpec input) {
    return prepare(List.of(volume), input, Optional.empty()).input();
  }

  private static Prepared prepare(
      List<Volume> channels, InputSpec input, Optional<RegionOfInterest> coarse) {
    requireChannels(channels, input);
    boolean seriesGrid = input.normalisesFirst() || input.crop() instanceof CropSpec.NonZero;
    List<Volume> onSeries = seriesGrid ? onGridOfSeries(channels, input) : channels;
    RegionOfInterest region = SourceCrop.region(onSeries, input.crop(), coarse);
    NetworkInput made =
        input.normalisesFirst()
            ? new IntensityFirst(input, region).run(onSeries)
            : new GridFirst(input, region).run(channels);
    return new Prepared(made, region);
  }

  private static void requireChannels(List<Volume> channels, InputSpec input) {
    int expected = input.channels().size();
    if (channels.size() < expected) {
      throw new StudyRefused(
          ReasonCode.CHANNEL_MISSING,
          "the model takes "
              + expected
              + " channels, of which "
              + input.channels().get(channels.size()).name()
              + " is missing");
    }
    if (channels.size() > expected) {
      throw new IllegalArgumentException(
          "the model takes " + expected + " channels, but got " + channels.size());
    }
    GridGeometry series = channels.get(0).geometry();
    for (int channel = 1; channel < expected; channel++) {
      GridGeometry grid = channels.get(channel).geometry();
      if (!grid.frameOfReference().equals(series.frameOfReference())) {
        throw new StudyRefused(
            ReasonCode.CHANNEL_MISSING,
            "channel "
                + input.channels().get(channel).name()
                + " must have the frame of reference of the series, "
                + series.frameOfReference()
                + ", but has "
                + grid.frameOfReference());
      }
    }
  }

  private static List<Volume> onGridOfSeries(List<Volume> channels, InputSpec input) {
    GridGeometry series = channels.get(0).geometry();
    var how = GridResampling.of(input.effectiveResampling(), null, input.outside());
    List<Volume> brought = new ArrayList<>();
    for (Volume channel : channels) {
      GridGeometry own = channel.geometry();
      if (own.isSameGridAs(series)) {
        brought.add(channel);
      } else {
        ValueLines lines = ValueLines.of(channel, RegionOfInterest.whole(own).box());
        brought.add(Volume.ofValues(series, how.onto(lines, own, series)));
      }
    }
    return brought;
  }
}

package org.firstpass.prepare;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.CropSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.volume.Cavities;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * The intensity rule on the cropped voxels of the series first, then onto the network's grid.
 *
 * <p>With a crop to what is not 0, a rule for what is not 0 is one for nnU-Net's mask: what is not
 * 0 in any channel, and what that encloses.
 *
 * @see "nnunetv2/preprocessing/preprocessors/default_preprocessor.py"
 */
record IntensityFirst(InputSpec input, RegionOfInterest region) {

  NetworkInput run(List<Volume> channels) {
    GridGeometry source = region.grid();
    GridGeometry network = NetworkGrids.of(source, input);
    GridAxis across = SeparateAxis.onTheWayThere(source, network, input).orElse(null);
    var how = GridResampling.of(input.effectiveResampling(), across, input.outside());
    short @Nullable [] mask = needsMask() ? mask(channels) : null;
    List<float[]> made = new ArrayList<>();
    for (int channel = 0; channel < channels.size(); channel++) {
      IntensitySpec rule = input.channels().get(channel).intensity();
      short @Nullable [] ofRule = countsNonZeroOnly(rule) ? mask : null;
      ValueLines lines = ValueLines.of(channels.get(channel), region.box());
      Intensity intensity = Intensity.of(rule, lines, ofRule);
      ValueLines normalised =
          intensity.changesNothing() ? lines : new NormalisedLines(lines, intensity, ofRule);
      made.add(how.after(intensity).onto(normalised, source, network));
    }
    return new NetworkInput(network, made);
  }

  private boolean needsMask() {
    return input.crop() instanceof CropSpec.NonZero
        && input.channels().stream()
            .map(ChannelSpec::intensity)
            .anyMatch(IntensityFirst::countsNonZeroOnly);
  }

  private static boolean countsNonZeroOnly(IntensitySpec rule) {
    return (rule instanceof IntensitySpec.ZScore score && score.countsNonZeroOnly())
        || (rule instanceof IntensitySpec.Percentiles range && range.countsNonZeroOnly());
  }

  private short[] mask(List<Volume> channels) {
    List<ValueLines> lines =
        channels.stream().map(volume -> ValueLines.of(volume, region.box())).toList();
    short[] mask = SourceCrop.marked(lines, value -> value != 0);
    Cavities.fill(mask, region.size(), 1);
    return mask;
  }
}

package org.firstpass.calibration;

import java.io.IOException;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * A case that training has not seen, with its reference labels.
 *
 * @param name by which cases are ordered and told apart
 * @param loading reads it; it is read twice, and then let go of
 */
public record HeldOutCase(String name, Loading loading) {

  /** Where a case comes from. */
  public interface Loading {
    Scan load() throws IOException;
  }

  /**
   * What a case is made of.
   *
   * @param channels one volume per channel of the package, the first is that of the series
   * @param reference labels by segment number, on the grid of the first channel
   */
  public record Scan(List<Volume> channels, LabelMap reference) {
    public Scan {
      channels = List.copyOf(channels);
      if (channels.isEmpty()) {
        throw new IllegalArgumentException("a case has at least one channel");
      }
      GridGeometry.requireSameGrid(channels.get(0).geometry(), reference.geometry());
    }

    public GridGeometry grid() {
      return channels.get(0).geometry();
    }
  }
}

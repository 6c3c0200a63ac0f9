package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;

/** What a network is given of a series, and where it is to be put back. */
public final class Prepared {
  private final NetworkInput input;
  private final RegionOfInterest region;

  Prepared(NetworkInput input, RegionOfInterest region) {
    this.input = input;
    this.region = region;
  }

  /** The channels on the network's grid, cropped. */
  public NetworkInput input() {
    return input;
  }

  /** The grid of the series. */
  public GridGeometry source() {
    return region.source();
  }

  /** The part of the series that was kept before anything else; all of it without such a crop. */
  public RegionOfInterest region() {
    return region;
  }
}

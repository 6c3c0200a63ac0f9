package org.firstpass.phantom;

import java.util.Random;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Volume;

/**
 * A phantom in the cone-beam scanner of an angiography suite: the same body, labels and grid, but
 * values that are no true Hounsfield units. Scatter narrows their scale and darkens the middle of
 * the body (cupping), and the noise is that of a low dose. How much of each follows from the seed.
 *
 * @see "Schulze et al. 2011, Dentomaxillofac Radiol 40:265 (artefacts of cone-beam CT)"
 */
public final class ConeBeamScan {
  private static final int AIR = -1000;
  private static final int INTERCEPT = -1024;
  private static final int MAX_STORED = 4095;

  /** What is darker than this is air around or in the body, which scatter leaves dark. */
  private static final int BODY = -700;

  private final double scale;
  private final double cupping;
  private final double noise;
  private final long grain;

  private ConeBeamScan(long seed) {
    var draw = new Draw(seed, "cone beam");
    this.scale = draw.between(0.75, 0.85);
    this.cupping = draw.between(40, 80);
    this.noise = draw.between(80, 140);
    this.grain = draw.next();
  }

  /** What that scanner sees of a phantom, stored as its CT volume is. */
  public static Volume of(Phantom phantom, long seed) {
    return new ConeBeamScan(seed).scan(phantom.volume());
  }

  private Volume scan(Volume body) {
    GridSize size = body.geometry().size();
    var stored = new short[size.voxels()];
    IntStream.range(0, size.slices()).parallel().forEach(slice -> scan(body, slice, stored));
    return Volume.ofStored(body.geometry(), stored, new Volume.StoredAs(false, 1, INTERCEPT));
  }

  private void scan(Volume body, int slice, short[] stored) {
    GridSize size = body.geometry().size();
    var random = new Random(Draw.mix(grain + slice));
    for (int row = 0; row < size.rows(); row++) {
      double down = 2.0 * row / size.rows() - 1;
      for (int column = 0; column < size.columns(); column++) {
        double across = 2.0 * column / size.columns() - 1;
        int at = size.index(column, row, slice);
        double seen = AIR + scale * (body.valueAt(at) - AIR) + noise * random.nextGaussian();
        if (body.valueAt(at) > BODY) {
          seen -= cupping * Math.max(0, 1 - across * across - down * down);
        }
        stored[at] = (short) Math.min(Math.max(Math.round(seen) - INTERCEPT, 0), MAX_STORED);
      }
    }
  }
}

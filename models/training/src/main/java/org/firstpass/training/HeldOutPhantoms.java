package org.firstpass.training;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.volume.Volume;

/**
 * Phantoms that no training has seen, of every pose that scanners have, with the difficulty (noise,
 * unusual shapes, lesions, a kidney out of place) spread evenly from 0 to 1.
 *
 * <p>Half of them were scanned with too low a dose: a calibration has to see proposals that fail,
 * and this network rarely does on what is like its training. Which noise is added follows from the
 * seed.
 */
final class HeldOutPhantoms {
  /** Those that the package is calibrated on. */
  static final long CALIBRATION = 7_000;

  /** Those that its calibration is checked on. */
  static final long CHECK = 8_000;

  /** Standard deviation of the noise of the lowest dose, in Hounsfield units. */
  static final int MOST_NOISE = 300;

  private static final int MATRIX = 160;

  /** Its multiples spread evenly, so that any number of phantoms has every difficulty. */
  private static final double GOLDEN = 0.6180339887498949;

  private HeldOutPhantoms() {}

  /** So many, from a seed on. */
  static List<HeldOutCase> from(long firstSeed, int count) {
    return LongStream.range(firstSeed, firstSeed + count)
        .mapToObj(seed -> new HeldOutCase("phantom-" + seed, () -> scan(seed)))
        .toList();
  }

  private static HeldOutCase.Scan scan(long seed) {
    PhantomSpec spec = PhantomSpec.drawn(seed, MATRIX).withDifficulty(seed * GOLDEN % 1);
    Phantom phantom = Phantom.of(spec);
    // Two and two, so that halves that are split alternately are alike.
    double noise = seed % 4 < 2 ? 0 : MOST_NOISE * (seed / 4 * GOLDEN % 1);
    return new HeldOutCase.Scan(List.of(noisy(phantom.volume(), noise, seed)), phantom.truth());
  }

  private static Volume noisy(Volume volume, double deviation, long seed) {
    if (deviation == 0) {
      return volume;
    }
    var random = new Random(seed);
    var values = new float[volume.geometry().size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = volume.valueAt(i) + (float) (deviation * random.nextGaussian());
    }
    return Volume.ofValues(volume.geometry(), values);
  }
}

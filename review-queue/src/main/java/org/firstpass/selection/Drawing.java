package org.firstpass.selection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.firstpass.study.Sha256;

/**
 * How much of the queue is left to chance. Immutable.
 *
 * <p>A share of the picks falls by lot on whatever waits, the others on what is first by the
 * strategy. Without the lot, what the strategy holds for easy is never seen, and no figure of what
 * was read says anything of what was not.
 *
 * @param randomShare of the picks, {@link #FLOOR} to 1
 * @param seed of all lots of an installation: with it, the reader and the number of the reader's
 *     pick every draw can be made again
 */
public record Drawing(double randomShare, long seed) {
  /** Below this share the lot is too rare to tell anything. */
  public static final double FLOOR = 0.02;

  /** The share of an installation that says nothing of it. */
  public static final double STANDARD = 0.1;

  public Drawing {
    requireShare(randomShare);
  }

  /**
   * The share, if there may be such a one.
   *
   * @throws IllegalArgumentException if it is below {@link #FLOOR} or above 1
   */
  public static double requireShare(double share) {
    if (!(share >= FLOOR && share <= 1)) {
      throw new IllegalArgumentException("the random share is " + FLOOR + " to 1, but is " + share);
    }
    return share;
  }

  /** The draw of a reader's pick: the same for the same seed, reader and number. */
  public Draw draw(String reader, long number) {
    String name = seed + " " + number + " " + reader;
    ByteBuffer bits =
        ByteBuffer.wrap(Sha256.newDigest().digest(name.getBytes(StandardCharsets.UTF_8)));
    return new Draw(
        number, uniform(bits.getLong()) < randomShare, uniform(bits.getLong()), bits.getLong());
  }

  // 53 bits are what a double holds between 0 and 1.
  private static double uniform(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /**
   * What chance says of one pick.
   *
   * @param number of the reader's pick, from 1
   * @param byLot whether it is drawn at all
   * @param place on the circle of lots, from 0 to less than 1
   * @param bits that choose among those found there
   */
  public record Draw(long number, boolean byLot, double place, long bits) {
    /** One of so many, each equally probable. */
    public int among(int count) {
      return (int) (uniform(bits) * count);
    }
  }
}

package org.firstpass.review;

/**
 * What makes a case worth reading for what is learned of it, where a strategy asks for something
 * else than the package's own doubt.
 *
 * @param value 0 to 1
 * @param sentence for the reader
 */
public record Interest(Kind kind, double value, String sentence) {
  public Interest {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("an interest is 0 to 1, but is " + value);
    }
  }

  /** Of what sort. */
  public enum Kind {
    /** Unlike what was read so far, as the package's own statistics of the case tell. */
    DIVERSITY("diversity"),
    /**
     * A package in shadow would have proposed something else, or readers disagreed on such cases.
     */
    DISAGREEMENT("disagreement"),
    /** A protocol or scanner of which little was read. */
    NOVELTY("novelty");

    private final String part;

    Kind(String part) {
      this.part = part;
    }

    /** The name of its part of the score. */
    public String part() {
      return part;
    }

    /** The name of the strategy that asks for it. */
    public String strategy() {
      return part + "-first";
    }
  }
}

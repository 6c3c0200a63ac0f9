package org.firstpass.quality;

/** How much time one point of a curve stands for; a week begins on Monday. */
public enum Bucket {
  DAY,
  WEEK,
  MONTH
}

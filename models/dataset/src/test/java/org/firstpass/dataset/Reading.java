package org.firstpass.dataset;

import java.util.Map;
import org.firstpass.segment.Verdict;

/**
 * One synthetic reading of one synthetic series.
 *
 * @param image equal numbers give equal voxels
 * @param shift how many columns the liver is moved to, so that two corrections differ
 * @param verdicts by segment number; ACCEPT for those not named
 */
record Reading(
    int patient, int series, int revision, int image, int shift, Map<Integer, Verdict> verdicts) {

  static Reading of(int patient, int series) {
    return new Reading(patient, series, 1, 100 * patient + series, 0, Map.of());
  }

  Reading revision(int number) {
    return new Reading(patient, series, number, image, shift, verdicts);
  }

  Reading image(int number) {
    return new Reading(patient, series, revision, number, shift, verdicts);
  }

  Reading shifted(int columns) {
    return new Reading(patient, series, revision, image, columns, verdicts);
  }

  Reading saying(int segment, Verdict verdict) {
    return new Reading(patient, series, revision, image, shift, Map.of(segment, verdict));
  }

  /** The same verdict, said expressly: another correction with the same labels. */
  Reading said(int segment) {
    return saying(segment, Verdict.ACCEPT);
  }
}

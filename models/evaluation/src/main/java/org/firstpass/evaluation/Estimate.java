package org.firstpass.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A figure over cases, with its interval.
 *
 * @param low lower end of the interval; null of fewer than two patients, which tell nothing of how
 *     others are
 * @param high upper end of the interval; null of fewer than two patients
 * @param cases that it was made of
 * @param patients that those cases are of
 */
public record Estimate(
    double value, @Nullable Double low, @Nullable Double high, int cases, int patients) {}

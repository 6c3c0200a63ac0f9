package org.firstpass.event;

import org.jspecify.annotations.Nullable;

/**
 * How far the contour and the surface of an accepted segment are those that were proposed.
 *
 * @param addedPathMm contour in the slices that was not proposed: the added path length at a
 *     tolerance of 0 (Vaassen et al. 2020, Phys Imaging Radiat Oncol 13:1-6)
 * @param surfaceDice share of both surfaces within the tolerance of the other one, 0 to 1 (Nikolov
 *     et al. 2021, J Med Internet Res 23:e26151)
 * @param toleranceMm of it
 * @param meanDistanceMm average symmetric surface distance; null if there is a surface in one of
 *     them only
 */
public record SurfaceChange(
    double addedPathMm, double surfaceDice, double toleranceMm, @Nullable Double meanDistanceMm) {}

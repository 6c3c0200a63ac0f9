package org.firstpass.dataset;

import java.util.SortedMap;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.Sha256;

/**
 * What the image and the labels of a case are, in whatever files of whatever format.
 *
 * @param image digest of the image as NIfTI, without compression
 * @param label digest of the labels as NIfTI, without compression
 * @param voxels how many voxels have each value of the labels
 */
record CaseContent(
    Sha256 image, Sha256 label, GridGeometry geometry, SortedMap<Integer, Long> voxels) {}

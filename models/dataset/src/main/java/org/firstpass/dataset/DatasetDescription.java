package org.firstpass.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What a data set is, apart from its cases.
 *
 * @param ignoreValue the value of voxels of which nobody knows; null if there are none
 * @param selection null in a manifest of format 1
 */
public record DatasetDescription(
    DatasetFormat format,
    int number,
    String name,
    String modality,
    NotAssessableRule notAssessable,
    @Nullable Integer ignoreValue,
    @Nullable Selection selection) {

  DatasetDescription inFormatOne() {
    return new DatasetDescription(format, number, name, modality, notAssessable, ignoreValue, null);
  }
}

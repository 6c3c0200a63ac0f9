package org.firstpass.dataset;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.firstpass.dataset.split.Split;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a data set is, but for the voxels, which it has by their digests.
 *
 * <p>It has no time of its own and no path outside the data set, so that the same log gives the
 * same bytes and the same {@link #hash()}: the name of this version of the data set.
 *
 * @param formatVersion of the manifest itself
 * @param labels how the segments of the schema appear in the label files
 * @param origin null in a manifest of format 1
 * @param cases sorted by name
 * @param leftOut sorted by name
 */
public record DatasetManifest(
    int formatVersion,
    DatasetDescription dataset,
    LabelSchema schema,
    List<LabelValue> labels,
    @Nullable DatasetOrigin origin,
    List<DatasetCase> cases,
    List<LeftOutCase> leftOut) {
  /** The version that this build writes; it rebuilds data sets of all earlier ones. */
  public static final int FORMAT_VERSION = 2;

  public DatasetManifest {
    labels = List.copyOf(labels);
    cases = cases.stream().sorted(Comparator.comparing(DatasetCase::name)).toList();
    leftOut = leftOut.stream().sorted(Comparator.comparing(LeftOutCase::name)).toList();
    requireDistinctNames(cases);
    requireOneSidePerPatient(cases);
  }

  private static void requireDistinctNames(List<DatasetCase> cases) {
    var names = new HashSet<String>();
    for (DatasetCase one : cases) {
      if (!names.add(one.name())) {
        throw new Defect(ReasonCode.UNEXPECTED, "two cases have the name " + one.name());
      }
    }
  }

  private static void requireOneSidePerPatient(List<DatasetCase> cases) {
    var sides = new HashMap<PatientKey, Split>();
    for (DatasetCase one : cases) {
      Split before = sides.putIfAbsent(one.source().patient(), one.split());
      if (before != null && before != one.split()) {
        throw new Defect(
            ReasonCode.UNEXPECTED,
            "patient "
                + one.source().patient()
                + " is in "
                + before
                + ", but case "
                + one.name()
                + " is in "
                + one.split());
      }
    }
  }

  /** As the first format had it: without what was added since. */
  DatasetManifest inFormatOne() {
    return new DatasetManifest(
        1,
        dataset.inFormatOne(),
        schema,
        labels,
        null,
        cases.stream().map(DatasetCase::inFormatOne).toList(),
        leftOut);
  }

  /** How many cases a split has. */
  public long count(Split split) {
    return cases.stream().filter(one -> one.split() == split).count();
  }

  List<DatasetCase> casesOf(Split split) {
    return cases.stream().filter(one -> one.split() == split).toList();
  }

  /** How many corrections are missing because their patient was erased. */
  public int erased() {
    return origin == null ? 0 : origin.erased();
  }

  /** The bytes of {@code manifest.json}. */
  byte[] toJson() {
    return DatasetJson.write(this);
  }

  /** The SHA-256 of {@code manifest.json}. */
  public Sha256 hash() {
    return Sha256.of(toJson());
  }
}

package org.firstpass.dataset;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.event.SegmentDecision;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/**
 * One case of a data set, as its manifest has it: an image, its reference labels, and where both
 * come from.
 *
 * @param name from the hash of the series revision, so that it tells nothing of the patient
 * @param decisions one per segment, as the reader took them
 */
public record DatasetCase(
    String name,
    Split split,
    Source source,
    Files files,
    Provenance provenance,
    List<SegmentDecision> decisions) {
  public DatasetCase {
    decisions = List.copyOf(decisions);
  }

  DatasetCase inFormatOne() {
    Reading reading = provenance.reading();
    return new DatasetCase(
        name,
        split,
        source,
        files,
        new Provenance(
            provenance.correction(),
            provenance.accepted(),
            provenance.task(),
            new Reading(reading.reader(), reading.activeMillis(), null, null, null),
            provenance.proposed(),
            provenance.outcome()),
        decisions);
  }

  /** The series revision that the image was read from. */
  public record Source(
      PatientKey patient,
      StudyReference reference,
      int revision,
      Sha256 revisionHash,
      List<SopInstanceUid> instances) {
    public Source {
      instances = List.copyOf(instances);
    }
  }

  /**
   * The two files, which share a grid.
   *
   * @param geometry in DICOM's terms (LPS, mm)
   * @param voxels how many voxels have each value of the label file
   */
  public record Files(
      NiftiFile image, NiftiFile label, GridGeometry geometry, SortedMap<Integer, Long> voxels) {}

  /**
   * A compressed NIfTI file.
   *
   * @param path from the target folder, with slashes
   * @param niftiDigest of the content without compression, which is the same whichever library
   *     compressed it
   */
  public record NiftiFile(String path, Sha256 niftiDigest) {}

  /** How the labels came to be. */
  public record Provenance(
      UUID correction,
      Instant accepted,
      UUID task,
      Reading reading,
      Proposed proposed,
      Outcome outcome) {}

  /**
   * Who read it and what it cost.
   *
   * @param reader a keyed pseudonym, equal for equal readers of one installation
   * @param effort null if no journal was kept
   * @param selectionProbability with which the case came to its reader; null if a person chose it,
   *     or it is not known
   * @param others what other readers accepted on the same revision, null in a manifest of format 1
   */
  public record Reading(
      String reader,
      long activeMillis,
      @Nullable ReaderEffort effort,
      @Nullable Double selectionProbability,
      @Nullable List<OtherReading> others) {}

  /**
   * Another reader's labels.
   *
   * @param agreement with the labels that count, one per segment of the schema
   */
  public record OtherReading(UUID correction, String reader, List<SegmentAgreement> agreement) {
    public OtherReading {
      agreement = List.copyOf(agreement);
    }
  }

  /** The proposal that the reader began with. */
  public record Proposed(UUID proposal, PackageReference modelPackage, Sha256 labels) {}

  /** The stored objects that hold what was accepted. */
  public record Outcome(Sha256 labels, Sha256 segmentation) {}
}

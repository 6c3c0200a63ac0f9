package org.firstpass.dicom;

import java.io.OutputStream;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;

/**
 * Writes probabilities as a DICOM Segmentation of type FRACTIONAL, PROBABILITY, with a Maximum
 * Fractional Value of 255.
 *
 * <p>It has a frame for every segment and slice with a probability above zero; Segment Numbers
 * count from 1 in the order of the schema's numbers. The same input gives the same bytes.
 *
 * @see "PS3.3 C.8.20.2.3"
 */
public final class FractionalWriter {
  private FractionalWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @throws StudyRefused TOO_LARGE if the frames take more than 2 GiB
   * @throws IllegalArgumentException if the probabilities are on another grid than the source
   * @throws java.io.UncheckedIOException if the stream fails
   */
  public static void write(
      SourceSeries source,
      SegmentProbabilities probabilities,
      SegmentationContent content,
      OutputStream out) {
    GridGeometry.requireSameGrid(source.geometry(), probabilities.geometry());
    SegmentationFile.write(
        source,
        FractionFrames.of(probabilities, SegmentFrames.inOrder(content.schema())),
        content,
        out);
  }
}

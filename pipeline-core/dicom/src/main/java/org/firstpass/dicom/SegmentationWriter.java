package org.firstpass.dicom;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;

/**
 * Writes labels as a DICOM Segmentation.
 *
 * <p>It lies on the grid of its source, frame by frame where a slice of the source lies. A BINARY
 * object has a frame for every segment and slice with voxels, and its Segment Numbers count from 1
 * in the order of the schema's numbers; a LABELMAP object has a frame for every slice with voxels
 * and keeps the schema's numbers. If there are no voxels at all, there is one empty frame, so that
 * "nothing found" is an object. The same input gives the same bytes.
 *
 * <p>Of an image without a place in patient space it says no more than the image does: its frames
 * refer to the frames of the image on which they were drawn, and have neither position nor
 * orientation nor a frame of reference.
 *
 * @see "PS3.3 A.51, C.8.20, C.7.6.16.2.6; PS3.5 8.1.1, annex G"
 */
public final class SegmentationWriter {
  private SegmentationWriter() {}

  /**
   * Writes a BINARY file.
   *
   * @see #write(SourceSeries, LabelMap, SegmentationContent, SegmentationEncoding, OutputStream)
   */
  public static void write(
      SourceSeries source, LabelMap labels, SegmentationContent content, OutputStream out) {
    write(source, labels, content, SegmentationEncoding.BINARY, out);
  }

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @throws StudyRefused TOO_LARGE if the frames take more than 2 GiB
   * @throws IllegalArgumentException if the label map is on another grid than the source
   * @throws org.firstpass.failure.Defect UNEXPECTED if it has a label that is not of the schema
   * @throws java.io.UncheckedIOException if the stream fails
   */
  public static void write(
      SourceSeries source,
      LabelMap labels,
      SegmentationContent content,
      SegmentationEncoding encoding,
      OutputStream out) {
    GridGeometry.requireSameGrid(source.geometry(), labels.geometry());
    SegmentationFile.write(source, pixels(labels, content, encoding), content, out);
  }

  /**
   * Writes a BINARY file of segments that may overlap, and leaves the stream open.
   *
   * @param masks by the numbers of the schema; a segment without a mask has no voxels
   * @throws StudyRefused as above
   * @throws IllegalArgumentException if a mask is on another grid than the source
   * @throws org.firstpass.failure.Defect UNEXPECTED if a number is not of the schema
   * @throws java.io.UncheckedIOException if the stream fails
   */
  public static void write(
      SourceSeries source,
      Map<Integer, Mask> masks,
      SegmentationContent content,
      OutputStream out) {
    GridGeometry grid = source.geometry();
    masks.values().forEach(mask -> GridGeometry.requireSameGrid(grid, mask.geometry()));
    List<Segment> segments = SegmentFrames.inOrder(content.schema());
    MaskBits bits = MaskBits.of(masks, segments, grid);
    SegmentationFile.write(
        source, new BinaryFrames(segments, bits, grid.size(), bits.overlap()), content, out);
  }

  private static FramePixels pixels(
      LabelMap labels, SegmentationContent content, SegmentationEncoding encoding) {
    return switch (encoding) {
      case BINARY -> {
        List<Segment> segments = SegmentFrames.inOrder(content.schema());
        yield new BinaryFrames(
            segments, LabelRuns.of(labels, segments), labels.geometry().size(), SegmentsOverlap.NO);
      }
      case LABELMAP -> new LabelFrames(labels, content.schema());
      case LABELMAP_RLE -> new RunLengthFrames(new LabelFrames(labels, content.schema()));
    };
  }
}

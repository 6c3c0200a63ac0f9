package org.firstpass.dicom;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.ContentItem.Relation;
import org.firstpass.study.SopClassUid;

/**
 * Writes a Key Object Selection document, titled "Of Interest", so that a PACS shows a reader where
 * to look first.
 *
 * <p>The same input gives the same bytes.
 *
 * @see "PS3.3 A.35.4, C.17.6; PS3.16 TID 2010, CID 7010"
 */
public final class KeyObjectWriter {
  private static final int SERIES_NUMBER = 1003;

  private KeyObjectWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @throws IllegalArgumentException if the source has no such slice
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(SourceSeries source, KeyObjectSelection selection, OutputStream out) {
    List<SourceFrame> frames = frames(source, selection);
    var sopClass = new SopClassUid(SopClasses.KEY_OBJECT_SELECTION);
    Attributes attributes =
        new DerivedHeader(source, selection.identity())
            .of(sopClass, "KO", SERIES_NUMBER, "For review")
            .dated(Tag.ContentDate, Tag.ContentTime)
            .withoutFrameOfReference()
            .attributes();
    attributes.setNull(Tag.ReferencedPerformedProcedureStepSequence, VR.SQ);
    Evidence.of(source, frames, selection.segmentation()).addTo(attributes);
    ContentItem root =
        ContentItem.root(ReportConcepts.OF_INTEREST, "2010")
            .with(Relation.CONCEPT_MODIFIER.code(ReportConcepts.LANGUAGE, ReportConcepts.ENGLISH))
            .with(ReportContent.device())
            .with(
                Relation.CONTAINS.text(
                    ReportConcepts.KEY_OBJECT_DESCRIPTION, selection.description()));
    for (SourceFrame frame : frames) {
      ContentItem image = Relation.CONTAINS.image(frame.sopClass(), frame.instance());
      root.with(frame.frameNumber() > 0 ? image.ofFrame(frame.frameNumber()) : image);
    }
    selection
        .segmentation()
        .ifPresent(
            segmentation ->
                root.with(
                    Relation.CONTAINS.image(segmentation.sopClass(), segmentation.instance())));
    root.addTo(attributes);
    Part10.write(attributes, out);
  }

  private static List<SourceFrame> frames(SourceSeries source, KeyObjectSelection selection) {
    int slices = source.frames().size();
    for (int slice : selection.slices()) {
      if (slice < 0 || slice >= slices) {
        throw new IllegalArgumentException("slice " + slice + " of a series with " + slices);
      }
    }
    return selection.slices().stream().map(source.frames()::get).toList();
  }
}

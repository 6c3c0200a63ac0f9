package org.firstpass.dicom;

import static org.firstpass.dicom.ContentItem.Relation.CONTAINS;
import static org.firstpass.dicom.ContentItem.Relation.INFERRED_FROM;
import static org.firstpass.dicom.ContentItem.Relation.OBSERVATION_CONTEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.firstpass.dicom.MeasurementReport.Reader;
import org.firstpass.dicom.ReportContent.Instants;
import org.firstpass.finding.Finding;
import org.firstpass.finding.Finding.Heading;
import org.firstpass.finding.Outline;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;

/**
 * What a reader found, as content of a measurement report: closed borders and places are planar
 * regions, lengths are measurements inferred from a line, tags are qualitative evaluations.
 *
 * @see "PS3.16 TID 1410, 1501, 300, 320"
 */
final class MarkContent {
  /** To the thousandth of a millimetre. */
  private static final double DIGITS = 1000;

  private final LabelSchema schema;
  private final SourceSeries source;
  private final Instants instants;

  MarkContent(LabelSchema schema, SourceSeries source, Instants instants) {
    this.schema = schema;
    this.source = source;
    this.instants = instants;
  }

  /** The measurement groups of what was drawn. */
  List<ContentItem> groups(List<Finding> findings) {
    List<ContentItem> groups = new ArrayList<>();
    for (Finding finding : findings) {
      finding.drawn().ifPresent(outline -> groups.add(group(finding, outline)));
    }
    return groups;
  }

  /** The tags and comments of the image (0) or of one segment. */
  List<ContentItem> said(List<Finding> findings, int segment) {
    List<ContentItem> items = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.heading().segment() == segment) {
        if (finding instanceof Finding.Tag tag) {
          items.add(stated(tag(tag), tag.heading()));
        } else if (finding instanceof Finding.Comment comment) {
          Concept name = Concept.of(comment.heading().concept());
          items.add(stated(CONTAINS.text(name, comment.text()), comment.heading()));
        }
      }
    }
    return items;
  }

  private ContentItem stated(ContentItem item, Heading heading) {
    return item.observedAt(instants.format(heading.at()))
        .with(ReportContent.person(Reader.of(heading.reader())));
  }

  private static ContentItem tag(Finding.Tag tag) {
    Concept concept = Concept.of(tag.heading().concept());
    return tag.chosen()
        .map(choice -> CONTAINS.code(concept, Concept.of(choice)))
        .orElseGet(() -> CONTAINS.code(ReportConcepts.FINDING, concept));
  }

  private ContentItem group(Finding finding, Outline outline) {
    Heading heading = finding.heading();
    ContentItem group =
        CONTAINS
            .container(ReportConcepts.MEASUREMENT_GROUP)
            .ofTemplate(finding instanceof Finding.Length ? "1501" : "1410")
            .observedAt(instants.format(heading.at()))
            .with(OBSERVATION_CONTEXT.text(ReportConcepts.TRACKING_IDENTIFIER, name(finding)))
            .with(OBSERVATION_CONTEXT.uid(ReportConcepts.TRACKING_UID, tracking(heading)))
            .with(ReportContent.person(Reader.of(heading.reader())));
    if (finding instanceof Finding.Length length) {
      return group.with(subject(heading)).with(lengthOf(length, outline));
    }
    if (finding instanceof Finding.Area area) {
      return group
          .with(subject(heading))
          .with(region(finding, outline))
          .with(
              CONTAINS.number(
                  Concept.of(heading.concept()),
                  round(area.squareMillimetres()),
                  inMillimetres()
                      ? ReportConcepts.SQUARE_MILLIMETRE
                      : ReportConcepts.SQUARE_PIXELS));
    }
    return group
        .with(CONTAINS.code(ReportConcepts.FINDING, Concept.of(heading.concept())))
        .with(region(finding, outline));
  }

  /** What the segment is that is measured. */
  private List<ContentItem> subject(Heading heading) {
    return schema.segment(heading.segment()).map(Segment::type).stream()
        .map(type -> CONTAINS.code(ReportConcepts.FINDING, Concept.of(type)))
        .toList();
  }

  private ContentItem lengthOf(Finding.Length length, Outline outline) {
    Concept name = Concept.of(length.heading().concept());
    ContentItem line =
        new DrawnPlace(source, outline)
            .item(INFERRED_FROM, ReportConcepts.SOURCE_OF_MEASUREMENT, "POLYLINE");
    Concept unit = inMillimetres() ? ReportConcepts.MILLIMETRE : ReportConcepts.PIXELS;
    return CONTAINS.number(name, round(length.millimetres()), unit).with(line);
  }

  private ContentItem region(Finding finding, Outline outline) {
    return new DrawnPlace(source, outline)
        .item(
            CONTAINS,
            ReportConcepts.IMAGE_REGION,
            finding instanceof Finding.Point ? "POINT" : DrawnPlace.POLYGON);
  }

  /** An image that is not calibrated measures in its own pixels. */
  private boolean inMillimetres() {
    return source.geometry().space().hasMillimetres();
  }

  private static String name(Finding finding) {
    String meaning = finding.heading().concept().meaning();
    String kind = finding.kind().name().toLowerCase(Locale.ROOT);
    return meaning + " " + kind + " " + finding.heading().id().toString().substring(0, 8);
  }

  /** The same in every report that has the finding. */
  private static String tracking(Heading heading) {
    return DicomUid.of(NameBasedUuid.of("finding", heading.id().toString()));
  }

  private static double round(double value) {
    return Math.rint(value * DIGITS) / DIGITS;
  }
}

package org.firstpass.dicom;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * One content item of a structured report, with its children.
 *
 * @see "PS3.3 C.17.3, C.18"
 */
final class ContentItem {
  private static final String MAPPING_RESOURCE = "DCMR";

  private final Attributes attributes;

  private ContentItem(String relationship, String valueType) {
    this.attributes = new Attributes();
    if (!relationship.isEmpty()) {
      attributes.setString(Tag.RelationshipType, VR.CS, relationship);
    }
    attributes.setString(Tag.ValueType, VR.CS, valueType);
  }

  /** How an item belongs to the one that has it. */
  enum Relation {
    CONTAINS("CONTAINS"),
    OBSERVATION_CONTEXT("HAS OBS CONTEXT"),
    CONCEPT_MODIFIER("HAS CONCEPT MOD"),
    INFERRED_FROM("INFERRED FROM"),
    SELECTED_FROM("SELECTED FROM");

    private final String term;

    Relation(String term) {
      this.term = term;
    }

    ContentItem container(Concept name) {
      return ContentItem.container(term, name);
    }

    ContentItem code(Concept name, Concept value) {
      ContentItem item = new ContentItem(term, "CODE").named(name);
      item.attributes.newSequence(Tag.ConceptCodeSequence, 1).add(value.toItem());
      return item;
    }

    ContentItem text(Concept name, String value) {
      ContentItem item = new ContentItem(term, "TEXT").named(name);
      item.attributes.setString(Tag.TextValue, VR.UT, value);
      return item;
    }

    ContentItem person(Concept name, String value) {
      ContentItem item = new ContentItem(term, "PNAME").named(name);
      item.attributes.setString(Tag.PersonName, VR.PN, value);
      return item;
    }

    ContentItem dateTime(Concept name, String value) {
      ContentItem item = new ContentItem(term, "DATETIME").named(name);
      item.attributes.setString(Tag.DateTime, VR.DT, value);
      return item;
    }

    ContentItem uid(Concept name, String value) {
      ContentItem item = new ContentItem(term, "UIDREF").named(name);
      item.attributes.setString(Tag.UID, VR.UI, value);
      return item;
    }

    ContentItem number(Concept name, double value, Concept unit) {
      Attributes measured = new Attributes();
      measured.setString(Tag.NumericValue, VR.DS, DecimalString.of(value));
      measured.newSequence(Tag.MeasurementUnitsCodeSequence, 1).add(unit.toItem());
      ContentItem item = new ContentItem(term, "NUM").named(name);
      item.attributes.newSequence(Tag.MeasuredValueSequence, 1).add(measured);
      return item;
    }

    /** Coordinates in patient space, x, y, z of each point (LPS, mm). */
    ContentItem inSpace(
        Concept name, String shape, List<Double> numbers, FrameOfReferenceUid frameOfReference) {
      ContentItem item = drawn("SCOORD3D", name, shape, numbers);
      item.attributes.setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, frameOfReference.value());
      return item;
    }

    /** Coordinates on an image, column and row of each point from the image's corner. */
    ContentItem onImage(Concept name, String shape, List<Double> numbers) {
      return drawn("SCOORD", name, shape, numbers);
    }

    private ContentItem drawn(String type, Concept name, String shape, List<Double> numbers) {
      ContentItem item = new ContentItem(term, type).named(name);
      var data = new float[numbers.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = numbers.get(i).floatValue();
      }
      item.attributes.setFloat(Tag.GraphicData, VR.FL, data);
      item.attributes.setString(Tag.GraphicType, VR.CS, shape);
      return item;
    }

    /** An image without a concept name. */
    ContentItem image(SopClassUid sopClass, SopInstanceUid instance) {
      Attributes reference = new Attributes();
      reference.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass.value());
      reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance.value());
      ContentItem item = new ContentItem(term, "IMAGE");
      item.attributes.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
      return item;
    }
  }

  /** The root of a document, which stands in no relation. */
  static ContentItem root(Concept title, String template) {
    ContentItem root = container("", title);
    root.ofTemplate(template);
    return root;
  }

  private static ContentItem container(String relationship, Concept name) {
    ContentItem item = new ContentItem(relationship, "CONTAINER").named(name);
    item.attributes.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    return item;
  }

  ContentItem named(Concept name) {
    attributes.newSequence(Tag.ConceptNameCodeSequence, 1).add(name.toItem());
    return this;
  }

  ContentItem ofTemplate(String template) {
    Attributes item = new Attributes();
    item.setString(Tag.MappingResource, VR.CS, MAPPING_RESOURCE);
    item.setString(Tag.TemplateIdentifier, VR.CS, template);
    attributes.newSequence(Tag.ContentTemplateSequence, 1).add(item);
    return this;
  }

  /** Says when it was observed, as DT. */
  ContentItem observedAt(String dateTime) {
    attributes.setString(Tag.ObservationDateTime, VR.DT, dateTime);
    return this;
  }

  /** Says that an image item means one segment of a segmentation. */
  ContentItem ofSegment(int number) {
    reference().setInt(Tag.ReferencedSegmentNumber, VR.US, number);
    return this;
  }

  /** Says that an image item means one frame, from 1. */
  ContentItem ofFrame(int number) {
    reference().setInt(Tag.ReferencedFrameNumber, VR.IS, number);
    return this;
  }

  ContentItem with(ContentItem child) {
    Sequence children = attributes.getSequence(Tag.ContentSequence);
    if (children == null) {
      children = attributes.newSequence(Tag.ContentSequence, 8);
    }
    children.add(child.attributes);
    return this;
  }

  ContentItem with(List<ContentItem> children) {
    children.forEach(this::with);
    return this;
  }

  /** Makes it the content of a data set, whose root item has the data set's own attributes. */
  void addTo(Attributes dataset) {
    dataset.addAll(attributes);
  }

  private Attributes reference() {
    return attributes.getNestedDataset(Tag.ReferencedSOPSequence);
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;

/** The content tree of a written document, by the code values of its names. */
final class ReportTree {
  private ReportTree() {}

  static void assertNumber(Attributes group, String name, double value, String unit) {
    Attributes measured = item(group, name).getNestedDataset(Tag.MeasuredValueSequence);
    assertEquals(value, measured.getDouble(Tag.NumericValue, -1), 5e-4);
    Attributes units = measured.getNestedDataset(Tag.MeasurementUnitsCodeSequence);
    assertEquals(unit, units.getString(Tag.CodeValue));
    assertEquals("UCUM", units.getString(Tag.CodingSchemeDesignator));
  }

  static Attributes dataset(byte[] file) throws Exception {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }

  static List<Attributes> groups(Attributes report) {
    return children(item(report, "126010"));
  }

  static String template(Attributes container) {
    return container
        .getNestedDataset(Tag.ContentTemplateSequence)
        .getString(Tag.TemplateIdentifier);
  }

  static String code(Attributes item) {
    return item.getNestedDataset(Tag.ConceptCodeSequence).getString(Tag.CodeValue);
  }

  static String name(Attributes item) {
    return item.getNestedDataset(Tag.ConceptNameCodeSequence).getString(Tag.CodeValue);
  }

  static Attributes item(Attributes parent, String name) {
    return find(parent, name).orElseThrow(() -> new AssertionError("no item " + name));
  }

  static Optional<Attributes> find(Attributes parent, String name) {
    return children(parent).stream().filter(child -> name(child).equals(name)).findFirst();
  }

  static List<Attributes> children(Attributes parent) {
    Sequence content = parent.getSequence(Tag.ContentSequence);
    return content == null ? List.of() : new ArrayList<>(content);
  }
}

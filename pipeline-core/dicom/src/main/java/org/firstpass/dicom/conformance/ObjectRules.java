package org.firstpass.dicom.conformance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Tag;

/** Every rule for an object that was read, in the order in which they are tried. */
public final class ObjectRules {
  /** After one of these, values cannot be compared with each other. */
  private static final Set<String> UNREADABLE_VALUES =
      Set.of("attribute.representation", "value.format");

  private ObjectRules() {}

  /** What is wrong with it; nothing if it is sound. */
  public static List<ObjectFinding> check(CheckedObject object) {
    var findings = new Findings();
    ModuleTables tables = ModuleTables.read();
    String sopClass = object.root().text(Tag.SOPClassUID);
    Optional<ObjectTable> table = tables.object(sopClass);
    if (table.isEmpty()) {
      findings.add(
          "object.sop-class",
          Paths.of("", Tag.SOPClassUID),
          "a class that Firstpass writes: "
              + String.join(", ", tables.objects().stream().map(ObjectTable::name).toList()),
          "another class");
      return findings.list();
    }
    FileRules.check(object, findings);
    TableCheck.check(object, table.get(), tables, findings);
    ValueFormats.check(object, findings);
    if (!findings.has(UNREADABLE_VALUES)) {
      checkAcross(object, table.get(), findings);
    }
    return findings.list();
  }

  private static void checkAcross(CheckedObject object, ObjectTable table, Findings findings) {
    CodeRules.check(object, findings);
    if (table.hasFrames()) {
      FrameRules.check(object, table, ModuleTables.read(), findings);
    }
    SegmentRules.check(object, findings);
    ReferenceRules.check(object, findings);
    StructureSetRules.check(object, findings);
  }

  /** A finding for bytes that are no object at all. */
  public static ObjectFinding unreadable(String found) {
    return new ObjectFinding("object.unreadable", "", "a DICOM file (PS3.10)", found);
  }
}

package org.firstpass.dicom.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.conformance.CheckedObject.Item;

/**
 * What an object speaks of it also lists: a document in its evidence, an image in its referenced
 * series, each with the same SOP class.
 *
 * @see "PS3.3 C.17.2.3, C.12.2"
 */
final class ReferenceRules {
  private final Findings findings;
  private final String rule;
  private final Map<String, String> listed = new HashMap<>();

  private ReferenceRules(Findings findings, String rule) {
    this.findings = findings;
    this.rule = rule;
  }

  static void check(CheckedObject object, Findings findings) {
    Item root = object.root();
    if (root.attributes().contains(Tag.ContentSequence)) {
      documents(root, findings);
    }
    if (root.attributes().contains(Tag.PerFrameFunctionalGroupsSequence)) {
      images(root, findings);
    }
  }

  private static void documents(Item root, Findings findings) {
    var rules = new ReferenceRules(findings, "reference.evidence");
    for (int evidence :
        new int[] {
          Tag.CurrentRequestedProcedureEvidenceSequence, Tag.PertinentOtherEvidenceSequence
        }) {
      for (Item study : root.items(evidence)) {
        rules.list(study.items(Tag.ReferencedSeriesSequence), Tag.ReferencedSOPSequence);
      }
    }
    rules.content(root);
  }

  private void content(Item item) {
    for (Item child : item.items(Tag.ContentSequence)) {
      child.items(Tag.ReferencedSOPSequence).forEach(this::requireListed);
      content(child);
    }
  }

  private static void images(Item root, Findings findings) {
    var rules = new ReferenceRules(findings, "reference.series");
    rules.list(root.items(Tag.ReferencedSeriesSequence), Tag.ReferencedInstanceSequence);
    for (Item study : root.items(Tag.StudiesContainingOtherReferencedInstancesSequence)) {
      rules.list(study.items(Tag.ReferencedSeriesSequence), Tag.ReferencedInstanceSequence);
    }
    root.items(Tag.SharedFunctionalGroupsSequence).forEach(rules::sources);
    root.items(Tag.PerFrameFunctionalGroupsSequence).forEach(rules::sources);
  }

  private void sources(Item frame) {
    for (Item derivation : frame.items(Tag.DerivationImageSequence)) {
      derivation.items(Tag.SourceImageSequence).forEach(this::requireListed);
    }
  }

  private void list(List<Item> series, int instances) {
    for (Item item : series) {
      for (Item instance : item.items(instances)) {
        listed.put(
            instance.text(Tag.ReferencedSOPInstanceUID), instance.text(Tag.ReferencedSOPClassUID));
      }
    }
  }

  private void requireListed(Item reference) {
    String sopClass = listed.get(reference.text(Tag.ReferencedSOPInstanceUID));
    if (!reference.text(Tag.ReferencedSOPClassUID).equals(sopClass)) {
      findings.add(
          rule,
          reference.path(Tag.ReferencedSOPInstanceUID),
          "an instance that the object lists, of the same class",
          sopClass == null ? "one that is not listed" : "one that is listed as another class");
    }
  }
}

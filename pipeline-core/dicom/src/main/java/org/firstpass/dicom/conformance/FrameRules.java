package org.firstpass.dicom.conformance;

import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.conformance.CheckedObject.Item;

/**
 * Number of Frames, functional groups, dimensions and pixel data agree with each other.
 *
 * @see "PS3.3 C.7.6.16, C.7.6.17; PS3.5 8.1, A.4"
 */
final class FrameRules {
  private static final Set<String> NATIVE =
      Set.of(
          "1.2.840.10008.1.2",
          "1.2.840.10008.1.2.1",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2.2");

  private final CheckedObject object;
  private final Findings findings;
  private final int frames;

  private FrameRules(CheckedObject object, Findings findings) {
    this.object = object;
    this.findings = findings;
    this.frames = object.dataset().getInt(Tag.NumberOfFrames, 0);
  }

  static void check(
      CheckedObject object, ObjectTable table, ModuleTables tables, Findings findings) {
    var rules = new FrameRules(object, findings);
    rules.count();
    rules.groups(table, tables);
    rules.dimensions();
    rules.pixels();
  }

  private List<Item> perFrame() {
    return object.root().items(Tag.PerFrameFunctionalGroupsSequence);
  }

  private void count() {
    int groups = perFrame().size();
    if (groups != frames) {
      findings.add(
          "frame.count",
          Paths.of("", Tag.PerFrameFunctionalGroupsSequence),
          frames + " items, the Number of Frames (PS3.3 C.7.6.16)",
          Integer.toString(groups));
    }
  }

  private void groups(ObjectTable table, ModuleTables tables) {
    Attributes shared =
        object
            .root()
            .first(Tag.SharedFunctionalGroupsSequence)
            .map(Item::attributes)
            .orElseGet(Attributes::new);
    for (ObjectTable.FrameGroup group : table.frameGroups()) {
      boolean wanted =
          group
              .condition()
              .map(condition -> condition.holds(object.dataset(), tables::tagOf))
              .orElse(true);
      if (wanted) {
        int tag = tables.tagOf(group.keyword());
        boolean inShared = shared.containsValue(tag);
        for (Item frame : perFrame()) {
          group(frame, tag, inShared);
        }
      }
    }
  }

  private void group(Item frame, int tag, boolean inShared) {
    boolean own = frame.attributes().containsValue(tag);
    if (own == inShared) {
      findings.add(
          "frame.group",
          frame.path(tag),
          "once, of the frame or shared (PS3.3 C.7.6.16.1)",
          own ? "both" : "none");
    }
  }

  private void dimensions() {
    List<Item> indices = object.root().items(Tag.DimensionIndexSequence);
    List<String> organizations =
        object.root().items(Tag.DimensionOrganizationSequence).stream()
            .map(item -> item.text(Tag.DimensionOrganizationUID))
            .toList();
    for (Item index : indices) {
      if (!organizations.contains(index.text(Tag.DimensionOrganizationUID))) {
        findings.add(
            "frame.dimension",
            index.path(Tag.DimensionOrganizationUID),
            "an organization of the object (PS3.3 C.7.6.17)",
            "another UID");
      }
    }
    for (Item frame : perFrame()) {
      frame
          .first(Tag.FrameContentSequence)
          .ifPresent(content -> dimensionValues(content, indices.size()));
    }
  }

  private void dimensionValues(Item content, int wanted) {
    int[] values = content.attributes().getInts(Tag.DimensionIndexValues);
    int found = values == null ? 0 : values.length;
    if (found != wanted) {
      findings.add(
          "frame.dimension",
          content.path(Tag.DimensionIndexValues),
          wanted + " values, one for each dimension (PS3.3 C.7.6.16.2.2)",
          Integer.toString(found));
    }
  }

  private void pixels() {
    StoredPixels pixels = object.pixels();
    String path = Paths.of("", Tag.PixelData);
    if (!pixels.present()) {
      findings.add("pixel.missing", path, "pixel data (PS3.3 C.7.6.3)", "none");
    } else if (pixels.encapsulated() == NATIVE.contains(object.transferSyntax())) {
      findings.add(
          "pixel.encoding",
          path,
          "the form of the transfer syntax (PS3.5 A.4)",
          pixels.encapsulated() ? "fragments" : "native pixels");
    } else if (pixels.encapsulated()) {
      if (pixels.fragments() < frames) {
        findings.add(
            "pixel.length",
            path,
            "at least " + frames + " fragments, one for each frame (PS3.5 A.4)",
            Integer.toString(pixels.fragments()));
      }
    } else {
      nativeLength(pixels, path);
    }
  }

  private void nativeLength(StoredPixels pixels, String path) {
    Attributes dataset = object.dataset();
    long bits =
        (long) frames
            * dataset.getInt(Tag.Rows, 0)
            * dataset.getInt(Tag.Columns, 0)
            * dataset.getInt(Tag.BitsAllocated, 0)
            * dataset.getInt(Tag.SamplesPerPixel, 1);
    long bytes = (bits + Byte.SIZE - 1) / Byte.SIZE;
    long even = bytes + (bytes & 1);
    if (pixels.length() != even || pixels.available() != even) {
      findings.add(
          "pixel.length",
          path,
          even + " bytes for " + frames + " frames (PS3.5 8.1)",
          pixels.length() + " stated, " + pixels.available() + " there");
    }
  }
}

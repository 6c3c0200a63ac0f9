package org.firstpass.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * A Segmentation as another program would store it on a series, written without our own writer.
 *
 * <p>Change what shall differ, then ask for {@link #file}.
 */
public final class ForeignSegmentation {
  public static final CodedConcept TISSUE = new CodedConcept("85756007", "SCT", "Tissue");

  /** The same in the codes that came before SNOMED CT's. */
  public static final CodedConcept SRT_TISSUE = new CodedConcept("T-D0050", "SRT", "Tissue");

  private static final CodedConcept ANATOMY =
      new CodedConcept("123037004", "SCT", "Anatomical Structure");
  private static final String BINARY_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";
  private static final String LABEL_MAP_CLASS = "1.2.840.10008.5.1.4.1.1.66.7";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String RLE = "1.2.840.10008.1.2.5";

  /** Whose it is and what it lies on. */
  public record Place(
      String study, String series, String patientId, String frameOfReference, String ownSeries) {}

  /** Whether a voxel belongs to a segment. */
  @FunctionalInterface
  public interface Marked {
    boolean at(int column, int row, int slice);
  }

  /** A segment as it is described, and what is drawn of it. */
  public record Drawn(
      int number,
      String label,
      CodedConcept type,
      @Nullable CodedConcept modifier,
      @Nullable String trackingUid,
      Marked marked) {

    /** A segment that nothing tracks and that has no side. */
    public Drawn(int number, String label, CodedConcept type, Marked marked) {
      this(number, label, type, null, null, marked);
    }
  }

  private final Place place;
  private final GridGeometry grid;
  private final List<Drawn> segments = new ArrayList<>();
  private String manufacturer = "Another maker";
  private @Nullable String predecessor;
  private boolean reversed;
  private boolean turned;
  private @Nullable IntFunction<String> images;
  private int margin;

  public ForeignSegmentation(Place place, GridGeometry grid) {
    this.place = place;
    this.grid = grid;
  }

  public ForeignSegmentation with(Drawn segment) {
    segments.add(segment);
    return this;
  }

  public ForeignSegmentation madeFrom(String instance) {
    predecessor = instance;
    return this;
  }

  public ForeignSegmentation by(String name) {
    manufacturer = name;
    return this;
  }

  /** The last slice first. */
  public ForeignSegmentation reversed() {
    reversed = true;
    return this;
  }

  /** Rows and columns exchanged, and the columns the other way round. */
  public ForeignSegmentation turned() {
    turned = true;
    return this;
  }

  /** Frames that leave out so many voxels at each edge of the plane. */
  public ForeignSegmentation cropped(int voxels) {
    margin = voxels;
    return this;
  }

  /** Frames that do not say where they lie, but on which image, by slice, they were drawn. */
  public ForeignSegmentation placedByImage(IntFunction<String> imageOfSlice) {
    images = imageOfSlice;
    return this;
  }

  /**
   * As OHIF exports: a label map in RLE without frames in which nothing is drawn, algorithm type
   * MANUAL, no tracking. All frames name segment 1, which means nothing in a label map.
   */
  public byte[] labelMapInRle(String instance) {
    RawDicom file = header(LABEL_MAP_CLASS, instance, "LABELMAP", 8);
    List<RawDicom> groups = new ArrayList<>();
    List<byte[]> frames = new ArrayList<>();
    for (int slice : slices()) {
      if (segments.stream().anyMatch(segment -> !mask(segment, slice).isEmpty())) {
        groups.add(group(slice, groups.size(), 1));
        frames.add(runLength(labels(slice)));
      }
    }
    return finish(file, groups).fragments(0x7fe00010, frames).file(LABEL_MAP_CLASS, instance, RLE);
  }

  /** As dcmqi exports for 3D Slicer: one bit per pixel, a frame per segment and slice. */
  public byte[] binary(String instance) {
    RawDicom file = header(BINARY_CLASS, instance, "BINARY", 1);
    List<RawDicom> groups = new ArrayList<>();
    var bits = new BitSet();
    int pixels = rows() * columns();
    for (Drawn segment : segments) {
      for (int slice : slices()) {
        BitSet marked = mask(segment, slice);
        if (!marked.isEmpty()) {
          int from = groups.size() * pixels;
          marked.stream().forEach(at -> bits.set(from + at));
          groups.add(group(slice, groups.size(), segment.number()));
        }
      }
    }
    byte[] packed = new byte[(groups.size() * pixels + 7) / 8];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, packed, 0, set.length);
    return finish(file, groups)
        .put(0x7fe00010, "OB", packed)
        .file(BINARY_CLASS, instance, EXPLICIT);
  }

  /**
   * As FRACTIONAL, PROBABILITY, with a Maximum Fractional Value of 200: without frames in which
   * nothing is possible.
   *
   * @param value of a segment's voxels that are marked, and of all others of its frames
   */
  public byte[] fractional(String instance, int value, int others) {
    RawDicom file =
        header(BINARY_CLASS, instance, "FRACTIONAL", 8)
            .text(0x00620010, "CS", "PROBABILITY")
            .shorts(0x0062000e, 200);
    List<RawDicom> groups = new ArrayList<>();
    var pixels = new ByteArrayOutputStream();
    for (Drawn segment : segments) {
      for (int slice : slices()) {
        BitSet marked = mask(segment, slice);
        if (!marked.isEmpty()) {
          groups.add(group(slice, groups.size(), segment.number()));
          for (int at = 0; at < rows() * columns(); at++) {
            pixels.write(marked.get(at) ? value : others);
          }
        }
      }
    }
    return finish(file, groups)
        .put(0x7fe00010, "OB", pixels.toByteArray())
        .file(BINARY_CLASS, instance, EXPLICIT);
  }

  private RawDicom finish(RawDicom file, List<RawDicom> groups) {
    Vector3 column = axis(turned ? 1 : 0, turned);
    Vector3 row = axis(turned ? 0 : 1, false);
    var measures =
        new RawDicom()
            .decimals(
                0x00280030,
                turned ? grid.spacing().column() : grid.spacing().row(),
                turned ? grid.spacing().row() : grid.spacing().column())
            .decimals(0x00180050, grid.spacing().slice());
    var orientation =
        new RawDicom()
            .decimals(0x00200037, column.x(), column.y(), column.z(), row.x(), row.y(), row.z());
    return file.text(0x00280008, "IS", Integer.toString(groups.size()))
        .sequence(
            0x52009229,
            new RawDicom().sequence(0x00289110, measures).sequence(0x00209116, orientation))
        .sequence(0x52009230, groups);
  }

  private Vector3 axis(int index, boolean opposite) {
    Vector3 axis = index == 0 ? grid.axes().column() : grid.axes().row();
    return opposite ? axis.times(-1) : axis;
  }

  private RawDicom header(String sopClass, String instance, String type, int bits) {
    var file =
        new RawDicom()
            .text(0x00080016, "UI", sopClass)
            .text(0x00080018, "UI", instance)
            .text(0x00080020, "DA", "20260105")
            .text(0x00080030, "TM", "080000")
            .text(0x00080060, "CS", "SEG")
            .text(0x00080070, "LO", manufacturer)
            .text(0x00100010, "PN", "Foreign^Test")
            .text(0x00100020, "LO", place.patientId())
            .text(0x0020000d, "UI", place.study())
            .text(0x0020000e, "UI", place.ownSeries())
            .text(0x00200052, "UI", place.frameOfReference())
            .text(0x00080008, "CS", "DERIVED", "PRIMARY")
            .shorts(0x00280002, 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .shorts(0x00280010, rows())
            .shorts(0x00280011, columns())
            .shorts(0x00280100, bits)
            .shorts(0x00280101, bits)
            .shorts(0x00280102, bits - 1)
            .shorts(0x00280103, 0)
            .text(0x00620001, "CS", type)
            .sequence(0x00620002, segments.stream().map(ForeignSegmentation::item).toList())
            .sequence(0x00081115, new RawDicom().text(0x0020000e, "UI", place.series()));
    if (predecessor != null) {
      file.sequence(
          0x0040a360,
          new RawDicom()
              .text(0x0020000d, "UI", place.study())
              .sequence(
                  0x00081115,
                  new RawDicom()
                      .text(0x0020000e, "UI", "1.2.3.99")
                      .sequence(
                          0x00081199,
                          new RawDicom()
                              .text(0x00081150, "UI", BINARY_CLASS)
                              .text(0x00081155, "UI", predecessor))));
    }
    return file;
  }

  private static RawDicom item(Drawn segment) {
    boolean tissue = segment.type().equals(TISSUE) || segment.type().equals(SRT_TISSUE);
    CodedConcept category = tissue ? segment.type() : ANATOMY;
    var item =
        new RawDicom()
            .shorts(0x00620004, segment.number())
            .text(0x00620005, "LO", segment.label())
            .text(0x00620008, "CS", "MANUAL")
            .text(0x00620009, "LO", "Another brush")
            .sequence(0x00620003, code(category))
            .sequence(0x0062000f, type(segment));
    if (segment.trackingUid() != null) {
      item.text(0x00620020, "UT", segment.label()).text(0x00620021, "UI", segment.trackingUid());
    }
    return item;
  }

  private static RawDicom type(Drawn segment) {
    CodedConcept modifier = segment.modifier();
    RawDicom type = code(segment.type());
    return modifier == null ? type : type.sequence(0x00620011, code(modifier));
  }

  private static RawDicom code(CodedConcept concept) {
    return new RawDicom()
        .text(0x00080100, "SH", concept.value())
        .text(0x00080102, "SH", concept.scheme())
        .text(0x00080104, "LO", concept.meaning());
  }

  private RawDicom group(int slice, int frame, int segment) {
    int row = turned ? grid.size().rows() - 1 - margin : margin;
    Vector3 at = grid.toPatient(margin, row, slice);
    var group =
        new RawDicom()
            .sequence(0x00209111, new RawDicom().longs(0x00209157, 1, frame + 1))
            .sequence(0x0062000a, new RawDicom().shorts(0x0062000b, segment));
    return images == null
        ? group.sequence(0x00209113, new RawDicom().decimals(0x00200032, at.x(), at.y(), at.z()))
        : group.sequence(0x00089124, drawnOn(images.apply(slice)));
  }

  private static RawDicom drawnOn(String image) {
    return new RawDicom().sequence(0x00082112, new RawDicom().text(0x00081155, "UI", image));
  }

  private List<Integer> slices() {
    List<Integer> slices = new ArrayList<>();
    for (int slice = 0; slice < grid.size().slices(); slice++) {
      slices.add(slice);
    }
    if (reversed) {
      Collections.reverse(slices);
    }
    return slices;
  }

  private int columns() {
    return (turned ? grid.size().rows() : grid.size().columns()) - 2 * margin;
  }

  private int rows() {
    return (turned ? grid.size().columns() : grid.size().rows()) - 2 * margin;
  }

  private BitSet mask(Drawn segment, int slice) {
    var mask = new BitSet();
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        // Turned, a column of the frame is a row of the grid, counted from its end.
        int c = turned ? row + margin : column + margin;
        int r = turned ? grid.size().rows() - 1 - margin - column : row + margin;
        mask.set(row * columns() + column, segment.marked().at(c, r, slice));
      }
    }
    return mask;
  }

  private byte[] labels(int slice) {
    var labels = new byte[rows() * columns()];
    for (Drawn segment : segments) {
      mask(segment, slice).stream().forEach(at -> labels[at] = (byte) segment.number());
    }
    return labels;
  }

  /** One segment of PS3.5 Annex G: literal runs and repeated ones. */
  private static byte[] runLength(byte[] pixels) {
    var data = new ByteArrayOutputStream();
    int at = 0;
    while (at < pixels.length) {
      int end = at + 1;
      while (end < pixels.length && end - at < 128 && pixels[end] == pixels[at]) {
        end++;
      }
      if (end - at > 1) {
        data.write(257 - (end - at));
        data.write(pixels[at]);
      } else {
        data.write(0);
        data.write(pixels[at]);
      }
      at = end;
    }
    var out = new ByteArrayOutputStream();
    byte[] head = new byte[64];
    head[0] = 1;
    head[4] = 64;
    out.writeBytes(head);
    out.writeBytes(data.toByteArray());
    if (out.size() % 2 == 1) {
      out.write(0);
    }
    return out.toByteArray();
  }
}

package org.firstpass.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.dicom.pixel.RunLengthEncoder;

/**
 * Frames of label values in RLE Lossless, one fragment each, found by a Basic Offset Table.
 *
 * @see "PS3.5 section A.4 and annex G"
 */
final class RunLengthFrames implements FramePixels {
  private static final int ITEM_HEADER = 8;
  private static final int UNDEFINED_LENGTH = -1;

  private final LabelFrames labels;
  private final List<byte[]> encoded;

  /** Encodes all frames, so that their offsets are known before the first is written. */
  RunLengthFrames(LabelFrames labels) {
    SegmentationFile.requireWritable(labels.length());
    this.labels = labels;
    this.encoded =
        labels.frames().frames().parallelStream()
            .map(
                frame ->
                    RunLengthEncoder.encode(
                        labels.pixels(frame), labels.bytesPerPixel(), labels.columns()))
            .toList();
  }

  @Override
  public SegmentFrames frames() {
    return labels.frames();
  }

  @Override
  public FrameFormat format() {
    FrameFormat plain = labels.format();
    return new FrameFormat(
        plain.sopClass(), UID.RLELossless, plain.type(), plain.bitsAllocated(), plain.overlap());
  }

  @Override
  public long length() {
    return encoded.stream().mapToLong(frame -> frame.length + (long) ITEM_HEADER).sum();
  }

  @Override
  public void writeTo(DicomOutputStream out) throws IOException {
    out.writeHeader(Tag.PixelData, VR.OB, UNDEFINED_LENGTH);
    byte[] offsets = offsets();
    out.writeHeader(Tag.Item, null, offsets.length);
    out.write(offsets, 0, offsets.length);
    for (byte[] frame : encoded) {
      out.writeHeader(Tag.Item, null, frame.length);
      out.write(frame, 0, frame.length);
    }
    out.writeHeader(Tag.SequenceDelimitationItem, null, 0);
  }

  /** Where each fragment's item begins, counted from the first one's. */
  private byte[] offsets() {
    ByteBuffer offsets =
        ByteBuffer.allocate(Integer.BYTES * encoded.size()).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (byte[] frame : encoded) {
      offsets.putInt(at);
      at += frame.length + ITEM_HEADER;
    }
    return offsets.array();
  }
}

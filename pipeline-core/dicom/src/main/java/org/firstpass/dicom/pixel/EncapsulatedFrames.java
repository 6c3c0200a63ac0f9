package org.firstpass.dicom.pixel;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.io.DicomInputStream;

/**
 * The compressed frames of one instance, put together from their fragments.
 *
 * @see "PS3.5 section A.4"
 */
final class EncapsulatedFrames {
  private final PixelData data;
  private final List<byte[]> frames;

  private EncapsulatedFrames(PixelData data, List<byte[]> frames) {
    this.data = data;
    this.frames = frames;
  }

  static EncapsulatedFrames of(DicomInputStream in, PixelData data) throws IOException {
    if (!in.readItemHeader()) {
      throw data.damaged("have no fragments");
    }
    byte[] offsetTable = bytes(in);
    List<byte[]> fragments = new ArrayList<>();
    while (in.readItemHeader()) {
      fragments.add(bytes(in));
    }
    return new EncapsulatedFrames(data, frames(data, offsetTable, fragments));
  }

  /** The bytes of each frame. */
  List<byte[]> encoded() {
    return frames;
  }

  /** Decodes the frames, in parallel if the caller runs in a pool. */
  void decode(PixelData.FrameSink sink) {
    IntStream.range(0, frames.size()).parallel().forEach(frame -> decode(frame, sink));
  }

  private void decode(int frame, PixelData.FrameSink sink) {
    sink.accept(frame, FrameCells.stored(data, frames.get(frame)));
  }

  private static byte[] bytes(DicomInputStream in) throws IOException {
    int length = in.length();
    byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static List<byte[]> frames(PixelData data, byte[] offsetTable, List<byte[]> fragments) {
    List<byte[]> frames;
    if (fragments.size() == data.frames()) {
      frames = fragments;
    } else if (data.frames() == 1) {
      frames = List.of(join(fragments));
    } else if (offsetTable.length == Integer.BYTES * data.frames()) {
      frames = byOffsets(offsetTable, fragments);
    } else {
      frames = byFirstMarker(data, fragments);
    }
    if (frames.size() != data.frames() || frames.stream().anyMatch(frame -> frame.length == 0)) {
      throw data.damaged(
          "have " + fragments.size() + " fragments that do not make " + data.frames() + " frames");
    }
    return frames;
  }

  private static List<byte[]> byOffsets(byte[] offsetTable, List<byte[]> fragments) {
    ByteBuffer offsets = ByteBuffer.wrap(offsetTable).order(ByteOrder.LITTLE_ENDIAN);
    List<List<byte[]>> groups = new ArrayList<>();
    long next = Integer.toUnsignedLong(offsets.getInt());
    long at = 0;
    for (byte[] fragment : fragments) {
      if (at == next) {
        groups.add(new ArrayList<>());
        next = offsets.hasRemaining() ? Integer.toUnsignedLong(offsets.getInt()) : -1;
      }
      if (groups.isEmpty()) {
        return List.of();
      }
      groups.get(groups.size() - 1).add(fragment);
      at += fragment.length + 8L;
    }
    return groups.stream().map(EncapsulatedFrames::join).toList();
  }

  /** Without a table, a frame begins where its codestream does. */
  private static List<byte[]> byFirstMarker(PixelData data, List<byte[]> fragments) {
    int secondByte = data.encoding() == Encoding.JPEG_2000 ? 0x4f : 0xd8;
    List<List<byte[]>> groups = new ArrayList<>();
    for (byte[] fragment : fragments) {
      boolean starts =
          fragment.length > 2 && fragment[0] == (byte) 0xff && fragment[1] == (byte) secondByte;
      if (starts) {
        groups.add(new ArrayList<>());
      } else if (groups.isEmpty() || data.encoding() == Encoding.RUN_LENGTH) {
        return List.of();
      }
      groups.get(groups.size() - 1).add(fragment);
    }
    return groups.stream().map(EncapsulatedFrames::join).toList();
  }

  private static byte[] join(List<byte[]> fragments) {
    if (fragments.size() == 1) {
      return fragments.get(0);
    }
    var joined = new ByteArrayOutputStream();
    fragments.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}

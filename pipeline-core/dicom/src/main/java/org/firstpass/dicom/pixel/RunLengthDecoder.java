package org.firstpass.dicom.pixel;

/**
 * The stored values of run-length frames.
 *
 * @see "PS3.5 annex G"
 */
final class RunLengthDecoder {
  private final PixelData data;
  private final PixelFormat format;
  private final int segments;
  private final RunLengthFrame frame;

  /** Checks the frame, before anything is allocated for its pixels. */
  RunLengthDecoder(PixelData data, byte[] bytes) {
    this.data = data;
    this.format = data.format();
    int bytesPerSample = format.sample().bitsAllocated() / Byte.SIZE;
    if (bytesPerSample == 0) {
      throw data.unsupported("single bits in run-length encoding");
    }
    this.segments = bytesPerSample * format.samples();
    this.frame = RunLengthFrame.of(bytes, segments, format.pixels(), data::damaged);
  }

  void decode(int[] stored) {
    var planes = new byte[segments][format.pixels()];
    for (int segment = 0; segment < segments; segment++) {
      frame.expand(segment, planes[segment], 0, 1);
    }
    if (format.photometric().isGrey()) {
      for (int pixel = 0; pixel < stored.length; pixel++) {
        int cell = 0;
        for (byte[] plane : planes) {
          cell = cell << Byte.SIZE | plane[pixel] & 0xff;
        }
        stored[pixel] = format.sample().storedValue(cell);
      }
    } else {
      Luminance.ofPlanes(data, planes, stored);
    }
  }

  /** The samples of 8 bits of a colour frame, side by side. */
  void decodeColour(byte[] cells) {
    int samples = format.samples();
    for (int sample = 0; sample < samples; sample++) {
      frame.expand(sample, cells, sample, samples);
    }
  }
}

package org.firstpass.volume;

import java.util.Optional;

/**
 * The types of voxel values in NIfTI-1 files.
 *
 * @see "https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h"
 */
public enum NiftiType {
  UINT8(2, 1, 0, 255),
  INT16(4, 2, Short.MIN_VALUE, Short.MAX_VALUE),
  INT32(8, 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  FLOAT32(16, 4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
  FLOAT64(64, 8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
  INT8(256, 1, Byte.MIN_VALUE, Byte.MAX_VALUE),
  UINT16(512, 2, 0, 65535),
  UINT32(768, 4, 0, 4294967295.0);

  private final short code;
  private final int bytes;
  private final double min;
  private final double max;

  NiftiType(int code, int bytes, double min, double max) {
    this.code = (short) code;
    this.bytes = bytes;
    this.min = min;
    this.max = max;
  }

  static Optional<NiftiType> ofCode(short code) {
    for (NiftiType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  short code() {
    return code;
  }

  int bytes() {
    return bytes;
  }

  boolean isWhole() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /** Whether a value has exactly this place in the type. */
  boolean holds(float value) {
    return !isWhole() || value >= min && value <= max && value == Math.rint(value);
  }
}

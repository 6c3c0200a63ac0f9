package org.firstpass.dicom.pixel;

import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * Where in its cell of 1, 8, 16 or 32 bits a stored value lies.
 *
 * @see "PS3.5 section 8.1.1"
 */
public record SampleFormat(int bitsAllocated, int bitsStored, int highBit, boolean signed) {

  static SampleFormat of(Elements image) {
    int bitsAllocated = image.requireInteger(Tag.BitsAllocated);
    int bitsStored = image.requireInteger(Tag.BitsStored);
    int highBit = image.requireInteger(Tag.HighBit);
    int representation = image.requireInteger(Tag.PixelRepresentation);
    boolean known =
        bitsAllocated == 1 || bitsAllocated == 8 || bitsAllocated == 16 || bitsAllocated == 32;
    if (!known
        || bitsStored < 1
        || bitsStored > bitsAllocated
        || highBit < bitsStored - 1
        || highBit >= bitsAllocated
        || representation < 0
        || representation > 1) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
          String.format(
              "%s: expected 1, 8, 16 or 32 bits allocated with the bits stored inside, and pixel"
                  + " representation 0 or 1; found bits allocated %d, stored %d, high bit %d,"
                  + " representation %d",
              image.owner(), bitsAllocated, bitsStored, highBit, representation));
    }
    return new SampleFormat(bitsAllocated, bitsStored, highBit, representation == 1);
  }

  /** The stored value in a cell: overlay bits around it are masked, its sign is extended. */
  int storedValue(int cell) {
    int left = Integer.SIZE - 1 - highBit;
    int right = Integer.SIZE - bitsStored;
    return signed ? cell << left >> right : cell << left >>> right;
  }

  /** Whether every stored value has a place in 16 bits, signed or unsigned as this format is. */
  public boolean fitsInShort() {
    return bitsStored <= Short.SIZE;
  }

  /** A stored value as a number; only unsigned 32-bit ones differ from the int they come in. */
  public double valueOf(int stored) {
    return signed || bitsStored < Integer.SIZE ? stored : Integer.toUnsignedLong(stored);
  }

  /** The stored value that is as far from white as the other is from black. */
  public int turnedOver(int stored) {
    // Minimum plus maximum is -1 in two's complement, and all ones if unsigned.
    return signed ? -1 - stored : -1 >>> Integer.SIZE - bitsStored ^ stored;
  }
}

package org.firstpass.dicom.dataset;

import java.util.Set;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.VR;

/** The VR of an element that does not say it. */
final class ImplicitVr {
  private static final int PIXEL_DATA = 0x7fe0_0010;

  /** US or SS, as the Pixel Representation says. */
  private static final Set<Integer> SIGNED_WITH_PIXELS =
      Set.of(
          0x0028_0106,
          0x0028_0107,
          0x0028_0108,
          0x0028_0109,
          0x0028_0110,
          0x0028_0111,
          0x0028_0120,
          0x0028_0121,
          0x0040_9211,
          0x0040_9216,
          0x0060_3004,
          0x0060_3006);

  private ImplicitVr() {}

  static Vr of(int tag, boolean signedPixels) {
    if (tag == PIXEL_DATA) {
      return Vr.OW;
    }
    if ((tag & 0xffff) == 0) {
      return Vr.UL;
    }
    if ((tag >>> 16) % 2 == 1) {
      return (tag & 0xffff) < 0x100 ? Vr.LO : Vr.UN;
    }
    if (signedPixels && SIGNED_WITH_PIXELS.contains(tag)) {
      return Vr.SS;
    }
    VR vr = ElementDictionary.vrOf(tag, null);
    return vr == null ? Vr.UN : Vr.of(vr.name()).orElse(Vr.UN);
  }
}

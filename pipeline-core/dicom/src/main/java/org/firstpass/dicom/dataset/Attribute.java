package org.firstpass.dicom.dataset;

import java.util.Locale;

/** An attribute: its tag and how its values are represented. */
public interface Attribute {
  int tag();

  Vr vr();

  /** Eight upper-case hexadecimal digits, as DICOM JSON writes a tag. */
  default String hex() {
    return String.format(Locale.ROOT, "%08X", tag());
  }
}

package org.firstpass.dicom;

import java.util.regex.Pattern;

/** What every AE title obeys: 1 to 16 printable characters without a backslash, not all spaces. */
final class AeTitles {
  private static final Pattern SHAPE = Pattern.compile("[\\x20-\\x7e&&[^\\\\]]{1,16}");

  private AeTitles() {}

  static void require(String name, String title) {
    if (title.isBlank() || !title.strip().equals(title) || !SHAPE.matcher(title).matches()) {
      throw new IllegalArgumentException(
          name
              + " is 1 to 16 ASCII characters without backslash or outer spaces, but is '"
              + title
              + "'");
    }
  }
}

package org.firstpass.study;

import java.util.regex.Pattern;

/**
 * What a series was sent for: a part of the installation with AE titles, rules and readers of its
 * own. No patient may be told from it.
 */
public record ProjectName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** What comes without naming a project belongs to this one. */
  public static final ProjectName DEFAULT = new ProjectName("default");

  public ProjectName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a project is 1 to 63 of a-z, 0-9, dot, hyphen and underscore, beginning with a letter or"
              + " digit, but is '"
              + value
              + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

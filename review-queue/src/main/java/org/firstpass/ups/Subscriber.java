package org.firstpass.ups;

import java.util.regex.Pattern;

/**
 * Who is told of workitems: an application entity, as one user named it.
 *
 * <p>Two users may use the same title; neither gets what the other subscribed to.
 *
 * @param owner the subject of the user
 */
public record Subscriber(String aeTitle, String owner) {
  /** Before the AE title of whoever calls by DIMSE, wherever a subject is written. */
  public static final String ENTITY = "ae:";

  private static final Pattern TITLE = Pattern.compile("[ -\\[\\]-~]{1,16}");

  /**
   * The subscriber of a request.
   *
   * @throws WorklistRefusal MALFORMED if it is no AE title
   * @see "PS3.5 Table 6.2-1"
   */
  public static Subscriber of(String aeTitle, String owner) {
    String title = aeTitle.strip();
    if (!TITLE.matcher(title).matches()) {
      throw WorklistRefusal.malformed(
          "an AE title has 1 to 16 printable characters and no backslash");
    }
    return new Subscriber(title, owner);
  }

  /** An application entity that somebody subscribed by DIMSE, and that is told by DIMSE. */
  public static Subscriber entity(String aeTitle) {
    return of(aeTitle, ENTITY + aeTitle.strip());
  }

  /** Whether it is told by DIMSE; everybody else is told on an event channel. */
  public boolean isEntity() {
    return owner.startsWith(ENTITY);
  }
}

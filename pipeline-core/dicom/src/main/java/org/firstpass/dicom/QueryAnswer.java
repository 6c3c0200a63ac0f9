package org.firstpass.dicom;

import java.util.List;

/**
 * What an archive answered to a query.
 *
 * @param matches each once, in the order of the archive
 * @param cut whether there may be more: the archive was told to stop at the limit, or stopped
 *     itself
 * @param unusable how many answers lack a sound UID
 */
public record QueryAnswer<T>(List<T> matches, boolean cut, int unusable) {
  public QueryAnswer {
    matches = List.copyOf(matches);
  }
}

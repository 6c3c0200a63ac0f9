package org.firstpass.delivery;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.WrittenFile;

/**
 * Every destination of an installation, a JSON file.
 *
 * @param format {@link #FORMAT}
 */
public record Destinations(int format, List<Destination> destinations) {
  /** The only version of the format that this build reads. */
  public static final int FORMAT = 1;

  /** Nothing leaves. */
  public static final Destinations NONE = new Destinations(FORMAT, List.of());

  /** Each has threads of its own. */
  private static final int MAX_DESTINATIONS = 64;

  public Destinations {
    Requirement.that(
        format == FORMAT, "the format of destinations must be " + FORMAT + ", but is " + format);
    destinations = Requirement.list("destinations", destinations);
    Requirement.within("the number of destinations", destinations.size(), 0, MAX_DESTINATIONS);
    Set<String> names = new HashSet<>();
    for (Destination destination : destinations) {
      Requirement.that(
          names.add(destination.title()),
          "two destinations have the name '" + destination.name() + "'");
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the first field that is wrong
   */
  public static Destinations read(Path file) {
    return WrittenFile.read(file, Destinations.class, "destinations");
  }
}

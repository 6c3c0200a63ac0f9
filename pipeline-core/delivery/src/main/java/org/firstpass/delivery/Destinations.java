package org.firstpass.delivery;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * Every destination of an installation, a JSON file.
 *
 * @param format {@link #FORMAT}
 * @param notices who is told what destinations have; nobody if null
 */
public record Destinations(
    int format, List<Destination> destinations, @Nullable List<NoticeReceiver> notices) {
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
    notices = Requirement.list("notices", notices);
    Requirement.within("the number of notices", notices.size(), 0, MAX_DESTINATIONS);
    Set<String> names = new HashSet<>();
    for (Destination destination : destinations) {
      Requirement.that(
          names.add(destination.title()),
          "two destinations have the name '" + destination.name() + "'");
    }
    for (NoticeReceiver notice : notices) {
      Requirement.that(
          names.add(notice.terms().title()), "two have the name '" + notice.name() + "'");
      notice.retrieveTitle(of(notice, destinations));
    }
  }

  /** Where nobody is told of anything. */
  public Destinations(int format, List<Destination> destinations) {
    this(format, destinations, null);
  }

  /** Who is told of what a destination has. */
  List<NoticeReceiver> told(Destination destination) {
    return notices == null
        ? List.of()
        : notices.stream().filter(notice -> destination.title().equals(notice.of())).toList();
  }

  private static Destination of(NoticeReceiver notice, List<Destination> destinations) {
    return destinations.stream()
        .filter(destination -> destination.title().equals(notice.of()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "notice '"
                        + notice.name()
                        + "' is of '"
                        + notice.of()
                        + "', which is no destination"));
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

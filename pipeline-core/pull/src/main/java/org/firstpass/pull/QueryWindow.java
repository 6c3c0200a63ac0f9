package org.firstpass.pull;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill asks for at once, which this process works on now.
 *
 * @param part of the day; null for all of it
 */
record QueryWindow(
    Lease lease,
    long backfill,
    LocalDate day,
    @Nullable Part part,
    @Nullable String modality,
    @Nullable String bodyPart,
    ProjectName project) {

  /**
   * Minutes of a day. Parts that follow each other share a minute, because archives compare
   * fractions of seconds in different ways; what is found twice is fetched once.
   */
  record Part(int from, int to) {
    private static final int DAY = 24 * 60;

    /** Archives that ignore the time would be asked without end. */
    private static final int SHORTEST = 15;

    /** The first and second half; empty if it is not to be parted. */
    List<Part> halves() {
      int middle = (from + to) / 2;
      return to - from < 2 * SHORTEST
          ? List.of()
          : List.of(new Part(from, middle), new Part(middle, to));
    }

    private static @Nullable LocalTime time(int minute) {
      return minute == DAY ? null : LocalTime.ofSecondOfDay(minute * 60L);
    }
  }

  StudyQuery query() {
    StudyQuery whole =
        StudyQuery.between(day, day).with(modality == null ? Set.of() : Set.of(modality));
    return part == null ? whole : whole.within(Part.time(part.from()), Part.time(part.to()));
  }

  /** What it is parted into if its answer is cut; empty if that is no use any more. */
  List<Part> halves() {
    return (part == null ? new Part(0, Part.DAY) : part).halves();
  }

  SeriesFilter filter() {
    return new SeriesFilter(
        modality == null ? Set.of() : Set.of(modality),
        bodyPart == null ? Set.of() : Set.of(bodyPart));
  }
}

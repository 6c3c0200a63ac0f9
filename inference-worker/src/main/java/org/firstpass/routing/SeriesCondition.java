package org.firstpass.routing;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.geometry.Plane;
import org.firstpass.model.Range;
import org.firstpass.model.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Which series a rule is for. What is left out does not matter. Expressions are searched for
 * without regard to case.
 *
 * @param modalities one of these
 * @param bodyPart expression for Body Part Examined
 * @param seriesDescription expression for Series Description
 * @param notSeriesDescription expression that Series Description must not have
 * @param sequence expression for one of the values that name the sequence, see {@link
 *     org.firstpass.dicom.Acquisition}
 * @param imageType values that Image Type must all have
 * @param contrast whether a contrast agent must have been given, or must not
 * @param planes in one of which its slices must lie
 * @param slices how many
 * @param sliceSpacingMm of the volume
 * @param pixelSpacingMm of the volume, along a row
 * @param station expression for Station Name
 * @param callingAe who must have sent it
 * @param projects what it must have been sent for, by the AE title that was called
 * @param hours of the day at which it was complete, {@code from} included, {@code to} not; may span
 *     midnight
 * @param days of the week on which it was complete
 */
public record SeriesCondition(
    List<String> modalities,
    @Nullable String bodyPart,
    @Nullable String seriesDescription,
    @Nullable String notSeriesDescription,
    @Nullable String sequence,
    List<String> imageType,
    @Nullable Boolean contrast,
    List<Plane> planes,
    @Nullable Range slices,
    @Nullable Range sliceSpacingMm,
    @Nullable Range pixelSpacingMm,
    @Nullable String station,
    List<String> callingAe,
    List<String> projects,
    @Nullable Hours hours,
    List<DayOfWeek> days) {
  public SeriesCondition {
    modalities = Requirement.list("when.modalities", modalities);
    imageType = Requirement.list("when.imageType", imageType);
    planes = Requirement.list("when.planes", planes);
    callingAe = Requirement.list("when.callingAe", callingAe);
    projects = Requirement.list("when.projects", projects);
    projects.forEach(project -> RoutingCheck.project("when.projects", project));
    days = Requirement.list("when.days", days);
    RoutingCheck.expression("when.bodyPart", bodyPart);
    RoutingCheck.expression("when.seriesDescription", seriesDescription);
    RoutingCheck.expression("when.notSeriesDescription", notSeriesDescription);
    RoutingCheck.expression("when.sequence", sequence);
    RoutingCheck.expression("when.station", station);
  }

  /** A part of the day. */
  public record Hours(String from, String to) {
    public Hours {
      Requirement.that(
          !RoutingCheck.timeOfDay("when.hours.from", from)
              .equals(RoutingCheck.timeOfDay("when.hours.to", to)),
          "when.hours.from and when.hours.to must differ, but both are " + from);
    }

    boolean contains(LocalTime time) {
      LocalTime start = LocalTime.parse(from);
      LocalTime end = LocalTime.parse(to);
      if (start.isBefore(end)) {
        return !time.isBefore(start) && time.isBefore(end);
      }
      return !time.isBefore(start) || time.isBefore(end);
    }
  }

  /** Everything that speaks against a series; empty if it is one of those that are meant. */
  List<String> mismatches(RoutingSubject subject, ZoneId zone) {
    SeriesDescription series = subject.series();
    var found = new Mismatches();
    found.oneOf("modality", modalities, series.modality());
    found.matching("body part", pattern(bodyPart), series.bodyPart());
    found.matching("series description", pattern(seriesDescription), series.seriesDescription());
    found.notMatching(
        "series description", pattern(notSeriesDescription), series.seriesDescription());
    found.anyMatching("sequence", pattern(sequence), series.acquisition().sequence());
    for (String wanted : imageType) {
      if (series.imageType().stream().noneMatch(wanted::equalsIgnoreCase)) {
        found.add("image type must have " + wanted + ", is " + series.imageType());
      }
    }
    found.contrast(contrast, series.acquisition().contrast());
    found.within("number of slices", slices, series.frames());
    found.geometry(planes, sliceSpacingMm, pixelSpacingMm, series.acquisition().geometry());
    found.matching("station", pattern(station), series.acquisition().station());
    found.oneOf("calling AE title", callingAe, subject.callingAeTitle());
    found.oneOf("project", projects, subject.project().value());
    ZonedDateTime received = subject.received().atZone(zone);
    if (hours != null && !hours.contains(received.toLocalTime())) {
      found.add("time of day must be " + hours.from() + " to " + hours.to());
    }
    if (!days.isEmpty() && !days.contains(received.getDayOfWeek())) {
      found.add("day must be one of " + days + ", is " + received.getDayOfWeek());
    }
    return found.found();
  }

  private static Optional<Pattern> pattern(@Nullable String expression) {
    return Optional.ofNullable(expression).map(RoutingCheck::compile);
  }
}

package org.firstpass.routing;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.firstpass.dicom.Acquisition;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Plane;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.Requirement;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/**
 * A made-up series and what the rules must do with it: the unit test of a rules file.
 *
 * @param rule the rule that must have it, null if none must
 */
public record RoutingExample(String name, Sample series, @Nullable String rule) {
  private static final StudyReference REFERENCE =
      new StudyReference(new StudyInstanceUid("1.2"), new SeriesInstanceUid("1.2.3"));

  public RoutingExample {
    Requirement.text("examples.name", name);
    Requirement.that(series != null, "example '" + name + "' lacks series");
  }

  /**
   * What the series says of itself; what is left out is absent.
   *
   * @param slices 100 if null
   * @param plane axial if null
   * @param sliceSpacingMm 1 if null
   * @param pixelSpacingMm 1 if null
   * @param project the default one if null
   * @param received local time, as 2026-01-31T18:30; noon of a Wednesday if null
   */
  public record Sample(
      String modality,
      @Nullable String bodyPart,
      @Nullable String seriesDescription,
      List<String> sequence,
      List<String> imageType,
      @Nullable Boolean contrast,
      @Nullable Integer slices,
      @Nullable Plane plane,
      @Nullable Double sliceSpacingMm,
      @Nullable Double pixelSpacingMm,
      @Nullable String station,
      @Nullable String callingAe,
      @Nullable String project,
      @Nullable String received) {
    private static final int SLICES = 100;

    /** Not now, so that an example holds at every hour or at none. */
    private static final String NOON = "2026-01-14T12:00";

    public Sample {
      Requirement.text("examples.series.modality", modality);
      Requirement.that(
          plane != Plane.OBLIQUE, "examples.series.plane must be AXIAL, CORONAL or SAGITTAL");
      sequence = Requirement.list("examples.series.sequence", sequence);
      imageType = Requirement.list("examples.series.imageType", imageType);
      Requirement.that(slices == null || slices >= 1, "examples.series.slices must be at least 1");
      requireSpacing("examples.series.sliceSpacingMm", sliceSpacingMm);
      requireSpacing("examples.series.pixelSpacingMm", pixelSpacingMm);
      if (project != null) {
        RoutingCheck.project("examples.series.project", project);
      }
      RoutingCheck.time("examples.series.received", received == null ? NOON : received);
    }

    private static void requireSpacing(String field, @Nullable Double value) {
      Requirement.that(value == null || value > 0, field + " must be above 0, but is " + value);
    }

    private ProjectName sentFor() {
      return project == null
          ? ProjectName.DEFAULT
          : RoutingCheck.project("examples.series.project", project);
    }

    private LocalDateTime time() {
      return LocalDateTime.parse(received == null ? NOON : received);
    }
  }

  /** As if it came at its local time in this zone. */
  RoutingSubject subject(ZoneId zone) {
    return new RoutingSubject(
        new SeriesDescription(
            REFERENCE,
            series.modality(),
            orEmpty(series.bodyPart()),
            orEmpty(series.seriesDescription()),
            series.imageType(),
            false,
            true,
            series.slices() == null ? Sample.SLICES : series.slices(),
            new Acquisition(
                series.sequence(),
                Boolean.TRUE.equals(series.contrast()),
                orEmpty(series.station()),
                geometry())),
        series.callingAe(),
        series.sentFor(),
        series.time().atZone(zone).toInstant());
  }

  private GridGeometry geometry() {
    double pixel = orOne(series.pixelSpacingMm());
    Plane plane = series.plane() == null ? Plane.AXIAL : series.plane();
    Orientation orientation =
        switch (plane) {
          case AXIAL, OBLIQUE -> new Orientation("SPL");
          case CORONAL -> new Orientation("PIL");
          case SAGITTAL -> new Orientation("LIP");
        };
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.4"),
        new GridSize(1, 1, series.slices() == null ? Sample.SLICES : series.slices()),
        new Vector3(0, 0, 0),
        orientation.axes(),
        new Spacing(pixel, pixel, orOne(series.sliceSpacingMm())));
  }

  private static double orOne(@Nullable Double value) {
    return value == null ? 1 : value;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}

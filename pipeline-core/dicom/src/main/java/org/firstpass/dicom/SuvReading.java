package org.firstpass.dicom;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.SuvScale.Lack;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.StudyRefused;

/**
 * Reads the {@link SuvScale} of a series out of its first header and the time at which its first
 * image was acquired.
 *
 * <p>The scan began at Series Date and Time, unless that is after the first acquisition: then the
 * series was made later, and the first acquisition counts. What an attribute says malformed counts
 * as missing.
 */
final class SuvReading {
  private static final double GRAMS = 1000;
  private static final double HEAVIEST_KG = 700;

  /** After so many half lives one thousandth is left: the times are of different clocks. */
  private static final double MOST_HALF_LIVES = 10;

  private final Elements header;
  private final Optional<LocalDateTime> firstAcquisition;

  private SuvReading(Elements header, Optional<LocalDateTime> firstAcquisition) {
    this.header = header;
    this.firstAcquisition = firstAcquisition;
  }

  static SuvScale of(Elements header, Optional<LocalDateTime> firstAcquisition) {
    try {
      return new SuvReading(header, firstAcquisition).scale();
    } catch (Lacking e) {
      return new SuvScale.Unknown(e.lack);
    }
  }

  private SuvScale scale() throws Lacking {
    require(header.text(Tag.Modality).orElse("").equals("PT"), Lack.NOT_PET);
    String units = header.text(Tag.Units).orElse("");
    if (units.equals("GML")) {
      require(header.text(Tag.SUVType).orElse("BW").equals("BW"), Lack.UNITS);
      return new SuvScale.Known(1);
    }
    require(units.equals("BQML"), Lack.UNITS);
    require(
        header.texts(Tag.CorrectedImage).containsAll(List.of("ATTN", "DECY")), Lack.NOT_CORRECTED);
    require(header.text(Tag.DecayCorrection).orElse("").equals("START"), Lack.DECAY_CORRECTION);
    double weight = number(header, Tag.PatientWeight, Lack.WEIGHT);
    require(weight < HEAVIEST_KG, Lack.WEIGHT);
    List<Elements> injections = header.items(Tag.RadiopharmaceuticalInformationSequence);
    require(injections.size() == 1, Lack.DOSE);
    Elements injection = injections.get(0);
    double dose = number(injection, Tag.RadionuclideTotalDose, Lack.DOSE);
    double halfLife = number(injection, Tag.RadionuclideHalfLife, Lack.HALF_LIFE);
    double decaySeconds = decaySeconds(injection, halfLife);
    return new SuvScale.Known(weight * GRAMS / (dose * Math.pow(2, -decaySeconds / halfLife)));
  }

  private double decaySeconds(Elements injection, double halfLife) throws Lacking {
    LocalDateTime scan = scanStart();
    Optional<LocalDateTime> dated =
        injection.text(Tag.RadiopharmaceuticalStartDateTime).flatMap(DicomMoment::dateTime);
    LocalDateTime start;
    if (dated.isPresent()) {
      start = dated.get();
    } else {
      LocalTime time =
          injection
              .text(Tag.RadiopharmaceuticalStartTime)
              .flatMap(DicomMoment::time)
              .orElseThrow(() -> new Lacking(Lack.INJECTION_TIME));
      LocalDateTime sameDay = LocalDateTime.of(scan.toLocalDate(), time);
      start = sameDay.isAfter(scan) ? sameDay.minusDays(1) : sameDay;
    }
    double seconds = Duration.between(start, scan).toNanos() / 1e9;
    require(seconds >= 0 && seconds <= MOST_HALF_LIVES * halfLife, Lack.TIMES_DO_NOT_FIT);
    return seconds;
  }

  private LocalDateTime scanStart() throws Lacking {
    Optional<LocalDateTime> series = DicomMoment.of(header, Tag.SeriesDate, Tag.SeriesTime);
    if (series.isPresent() && firstAcquisition.filter(series.get()::isAfter).isEmpty()) {
      return series.get();
    }
    return firstAcquisition.orElseThrow(() -> new Lacking(Lack.SCAN_TIME));
  }

  private static double number(Elements elements, int tag, Lack lack) throws Lacking {
    try {
      double value = elements.decimal(tag).orElseThrow(() -> new Lacking(lack));
      require(value > 0, lack);
      return value;
    } catch (StudyRefused e) {
      throw new Lacking(lack);
    }
  }

  private static void require(boolean holds, Lack lack) throws Lacking {
    if (!holds) {
      throw new Lacking(lack);
    }
  }

  /** Ends the reading where the first thing is missing. */
  private static final class Lacking extends Exception {
    private static final long serialVersionUID = 1L;

    private final Lack lack;

    Lacking(Lack lack) {
      super(lack.name(), null, false, false);
      this.lack = lack;
    }
  }
}

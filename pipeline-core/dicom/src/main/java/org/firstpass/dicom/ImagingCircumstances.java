package org.firstpass.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.Tag;

/**
 * By what groups of cases are told apart: where and on what an image was made, and of which sex and
 * age the patient was then. An age in years is as exact as it gets.
 *
 * @param scanner as {@link SourceSeries#equipment()} says it
 * @param sex Patient's Sex (0010,0040)
 * @param ageYears Patient's Age (0010,1010), or the years from birth to the study
 * @param site Institution Name (0008,0080)
 * @see "PS3.3 C.7.1.1, C.7.2.2, C.7.5.1"
 */
public record ImagingCircumstances(
    Optional<String> scanner,
    Optional<String> sex,
    Optional<Integer> ageYears,
    Optional<String> site) {
  private static final Pattern AGE = Pattern.compile("([0-9]{3})([DWMY])");
  private static final int MONTHS = 12;
  private static final int WEEKS = 52;
  private static final int DAYS = 365;

  /**
   * Reads the header of one instance.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM data set
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static ImagingCircumstances read(InstanceSource source) {
    HeaderReading header = HeaderReading.parse(source);
    return new ImagingCircumstances(
        some(
            SourceSeries.equipment(
                header.text(Tag.Manufacturer), header.text(Tag.ManufacturerModelName))),
        some(header.text(Tag.PatientSex)),
        age(header.text(Tag.PatientAge))
            .or(() -> years(header.text(Tag.PatientBirthDate), header.text(Tag.StudyDate))),
        some(header.text(Tag.InstitutionName)));
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Integer> age(String text) {
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(age.group(1));
    return Optional.of(
        switch (age.group(2)) {
          case "Y" -> count;
          case "M" -> count / MONTHS;
          case "W" -> count / WEEKS;
          default -> count / DAYS;
        });
  }

  private static Optional<Integer> years(String birth, String study) {
    try {
      LocalDate from = LocalDate.parse(birth, DateTimeFormatter.BASIC_ISO_DATE);
      LocalDate to = LocalDate.parse(study, DateTimeFormatter.BASIC_ISO_DATE);
      int years = Period.between(from, to).getYears();
      return years < 0 ? Optional.empty() : Optional.of(years);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

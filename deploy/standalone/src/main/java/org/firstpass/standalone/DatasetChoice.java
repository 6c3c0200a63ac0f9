package org.firstpass.standalone;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.DatasetRequest;
import org.firstpass.dataset.NotAssessableRule;
import org.firstpass.dataset.ReaderPseudonyms;
import org.firstpass.dataset.SchemaChoice;
import org.firstpass.dataset.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which data set is wanted. */
final class DatasetChoice {
  @Option(
      names = "--format",
      required = true,
      paramLabel = "<format>",
      description = "Whose layout: nnunet, monai, bids, coco, dicom or webdataset.")
  String format = "";

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description = "Letters, digits, '-' and '_'; otherwise that of the protocol.")
  @Nullable String name;

  @Option(
      names = "--number",
      paramLabel = "<1 to 999>",
      defaultValue = "1",
      description = "nnU-Net's number of the data set.")
  int number = 1;

  @Option(
      names = {"--protocol", "--schema"},
      paramLabel = "<name>:<version>",
      description = "Needed if the corrections have more than one label schema.")
  @Nullable String protocol;

  @Option(
      names = "--modality",
      paramLabel = "<modality>",
      description = "Needed if the corrected series have more than one, for instance CT.")
  @Nullable String modality;

  @Option(
      names = "--reader",
      paramLabel = "<user>",
      description = "Only what this reader accepted; may be given several times.")
  List<String> readers = List.of();

  @Option(
      names = "--from",
      paramLabel = "<date>",
      description = "Only what was accepted on this day or later (UTC), or from this instant on.")
  @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "<date>",
      description = "Only what was accepted before this day (UTC), or before this instant.")
  @Nullable String until;

  @Option(
      names = "--min-readers",
      paramLabel = "<number>",
      defaultValue = "1",
      description = "Only series that so many readers have read.")
  int minReaders = 1;

  @Option(
      names = "--min-agreement",
      paramLabel = "<Dice>",
      defaultValue = "0",
      description = "Leave out series on a segment of which two readers agree less, 0 to 1.")
  double minAgreement;

  @Option(
      names = "--licence",
      paramLabel = "<SPDX>",
      description = "Of the images, for the manifest; for instance CC-BY-4.0.")
  @Nullable String licence;

  @Option(
      names = "--ignore-label",
      description = {
        "Keep cases with a segment that nobody could assess, with nnU-Net's ignore label there.",
        "Without it such cases are left out and listed."
      })
  boolean ignoreLabel;

  DatasetRequest request(ReaderPseudonyms pseudonyms) {
    return new DatasetRequest(
        format(),
        number,
        name,
        protocol == null ? null : SchemaChoice.parse(protocol),
        modality,
        ignoreLabel ? NotAssessableRule.IGNORE_LABEL : NotAssessableRule.LEAVE_OUT,
        Selection.ALL
            .byReaders(readers.stream().map(pseudonyms::of).toList())
            .accepted(instant("--from", from), instant("--until", until))
            .agreed(minReaders, minAgreement),
        licence);
  }

  private DatasetFormat format() {
    try {
      return DatasetFormat.valueOf(format.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      String known =
          Arrays.stream(DatasetFormat.values())
              .map(one -> one.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new CommandFailed("--format is one of " + known + ", not '" + format + "'", e);
    }
  }

  private static @Nullable Instant instant(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new CommandFailed(
          option + " is a day such as 2026-03-01 or an instant such as 2026-03-01T12:00:00Z", e);
    }
  }
}

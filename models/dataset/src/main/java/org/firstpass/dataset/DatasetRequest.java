package org.firstpass.dataset;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which data set is wanted.
 *
 * @param number nnU-Net's data set number, 1 to 999; other formats do not use it
 * @param name letters, digits, hyphens and underscores; null to take it from the label schema
 * @param schema null if the corrections have one label schema only
 * @param modality for instance {@code CT}; null if the corrected series have one modality only
 * @param licence of the images, for instance {@code CC-BY-4.0}; null if it is not stated
 */
public record DatasetRequest(
    DatasetFormat format,
    int number,
    @Nullable String name,
    @Nullable SchemaChoice schema,
    @Nullable String modality,
    NotAssessableRule notAssessable,
    Selection selection,
    @Nullable String licence) {
  private static final int LONGEST_NAME = 64;

  public DatasetRequest {
    if (number < 1 || number > 999) {
      throw new IllegalArgumentException("a data set number is 1 to 999, but is " + number);
    }
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException(
          "a data set name has letters, digits, '-' and '_', but is '" + name + "'");
    }
    if (notAssessable == NotAssessableRule.IGNORE_LABEL && format != DatasetFormat.NNUNET) {
      throw new IllegalArgumentException(format + " has no ignore label; only NNUNET has one");
    }
  }

  /** The data set of the one schema and modality there is. */
  public static DatasetRequest of(DatasetFormat format) {
    return new DatasetRequest(
        format, 1, null, null, null, NotAssessableRule.LEAVE_OUT, Selection.ALL, null);
  }

  public DatasetRequest named(int newNumber, String newName) {
    return new DatasetRequest(
        format, newNumber, newName, schema, modality, notAssessable, selection, licence);
  }

  public DatasetRequest withSchema(SchemaChoice choice) {
    return new DatasetRequest(
        format, number, name, choice, modality, notAssessable, selection, licence);
  }

  public DatasetRequest withModality(String choice) {
    return new DatasetRequest(
        format, number, name, schema, choice, notAssessable, selection, licence);
  }

  public DatasetRequest withNotAssessable(NotAssessableRule rule) {
    return new DatasetRequest(format, number, name, schema, modality, rule, selection, licence);
  }

  public DatasetRequest withSelection(Selection choice) {
    return new DatasetRequest(
        format, number, name, schema, modality, notAssessable, choice, licence);
  }

  public DatasetRequest withLicence(String stated) {
    return new DatasetRequest(
        format, number, name, schema, modality, notAssessable, selection, stated);
  }

  Optional<SchemaChoice> chosenSchema() {
    return Optional.ofNullable(schema);
  }

  Optional<String> chosenModality() {
    return Optional.ofNullable(modality);
  }

  /** The name asked for, or one made of the letters and digits of the schema's. */
  String nameFor(SchemaChoice choice) {
    if (name != null) {
      return name;
    }
    String fromSchema = choice.name().replaceAll("[^A-Za-z0-9]+", "");
    return fromSchema.isEmpty()
        ? "Firstpass"
        : fromSchema.substring(0, Math.min(fromSchema.length(), LONGEST_NAME));
  }
}

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
 */
public record DatasetRequest(
    DatasetFormat format,
    int number,
    @Nullable String name,
    @Nullable SchemaChoice schema,
    @Nullable String modality,
    NotAssessableRule notAssessable) {
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
    return new DatasetRequest(format, 1, null, null, null, NotAssessableRule.LEAVE_OUT);
  }

  public DatasetRequest named(int newNumber, String newName) {
    return new DatasetRequest(format, newNumber, newName, schema, modality, notAssessable);
  }

  public DatasetRequest withSchema(SchemaChoice choice) {
    return new DatasetRequest(format, number, name, choice, modality, notAssessable);
  }

  public DatasetRequest withModality(String choice) {
    return new DatasetRequest(format, number, name, schema, choice, notAssessable);
  }

  public DatasetRequest withNotAssessable(NotAssessableRule rule) {
    return new DatasetRequest(format, number, name, schema, modality, rule);
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
    return fromSchema.isEmpty() ? "Firstpass" : fromSchema;
  }
}

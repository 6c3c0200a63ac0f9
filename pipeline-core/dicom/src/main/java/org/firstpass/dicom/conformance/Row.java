package org.firstpass.dicom.conformance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of a module's table: an attribute, or a macro whose lines stand here. */
sealed interface Row {
  /** The lines of another block. */
  record Include(String macro) implements Row {}

  /**
   * An attribute.
   *
   * @param representations value representations that it may have
   * @param multiplicity of values, or of items if it is a sequence
   * @param items the lines of an item, if it is a sequence
   */
  record Attribute(
      Name name,
      Set<String> representations,
      Multiplicity multiplicity,
      AttributeType type,
      Constraint constraint,
      List<Row> items)
      implements Row {
    boolean isSequence() {
      return representations.contains("SQ");
    }
  }

  /** An attribute's tag and keyword. */
  record Name(int tag, String keyword) {
    @Override
    public String toString() {
      return "%s (%04X,%04X)".formatted(keyword, tag >>> 16, tag & 0xffff);
    }
  }

  /**
   * What its values may be, and when it must be there.
   *
   * @param values the enumerated values of its first, second … value; empty for any
   * @param required when a conditional attribute is required; null if the table does not say
   */
  record Constraint(List<Set<String>> values, @Nullable Condition required) {
    Optional<Condition> condition() {
      return Optional.ofNullable(required);
    }
  }
}

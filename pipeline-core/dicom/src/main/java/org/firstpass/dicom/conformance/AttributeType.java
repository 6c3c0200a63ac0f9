package org.firstpass.dicom.conformance;

/**
 * Whether an attribute must be there, and with a value.
 *
 * @see "PS3.5 section 7.4"
 */
enum AttributeType {
  REQUIRED("1"),
  CONDITIONAL("1C"),
  MAY_BE_EMPTY("2"),
  CONDITIONAL_MAY_BE_EMPTY("2C"),
  OPTIONAL("3");

  private final String code;

  AttributeType(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  static AttributeType of(String code) {
    for (AttributeType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no attribute is of type " + code);
  }

  /** Whether an attribute of this type that is there has a value. */
  boolean needsValue() {
    return this == REQUIRED || this == CONDITIONAL;
  }
}

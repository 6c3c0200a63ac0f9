package org.firstpass.dicom.conformance;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.CheckedObject.Item;
import org.firstpass.study.SopInstanceUid;

/**
 * Checks that every text value has the form of its value representation, wherever it stands.
 *
 * <p>UIDs may have leading zeros in a component, as those of many archives do.
 *
 * @see "PS3.5 section 6.2"
 */
final class ValueFormats {
  private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9_ ]{1,16}");
  private static final Pattern AGE = Pattern.compile("\\d{3}[DWMY]");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,11}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3])([0-5]\\d([0-5]\\d(\\.\\d{1,6})?)?)?");
  private static final Pattern OFFSET = Pattern.compile("[+-](0\\d|1[0-4])[0-5]\\d");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private ValueFormats() {}

  static void check(CheckedObject object, Findings findings) {
    check(object.root(), findings);
  }

  private static void check(Item item, Findings findings) {
    Attributes attributes = item.attributes();
    for (int tag : attributes.tags()) {
      VR vr = attributes.getVR(tag);
      if (vr == VR.SQ) {
        item.items(tag).forEach(child -> check(child, findings));
      } else if (vr.isStringType() && attributes.containsValue(tag) && tag != Tag.PatientID) {
        // A Patient ID is that of the archive, of whatever form: the object stays with its patient.
        checkText(item, tag, vr, findings);
      }
    }
  }

  private static void checkText(Item item, int tag, VR vr, Findings findings) {
    String[] values = item.attributes().getStrings(tag);
    if (values == null) {
      return;
    }
    long wrong =
        Arrays.stream(values)
            .filter(value -> value != null && !value.isBlank())
            .filter(value -> !isValid(vr, value.strip()))
            .count();
    if (wrong > 0) {
      findings.add(
          "value.format",
          item.path(tag),
          "the form of " + vr.name() + " (PS3.5 6.2)",
          wrong + " of " + values.length + " values of another form");
    }
  }

  private static boolean isValid(VR vr, String value) {
    return switch (vr) {
      case AE, SH -> value.length() <= 16;
      case AS -> AGE.matcher(value).matches();
      case CS -> CODE_STRING.matcher(value).matches();
      case DA -> isDate(value);
      case DS -> value.length() <= 16 && DECIMAL.matcher(value).matches();
      case DT -> isDateTime(value);
      case IS -> value.length() <= 12 && INTEGER.matcher(value).matches();
      case LO -> value.length() <= 64;
      case LT -> value.length() <= 10_240;
      case PN -> Arrays.stream(value.split("=", -1)).allMatch(group -> group.length() <= 64);
      case ST -> value.length() <= 1024;
      case TM -> TIME.matcher(value).matches();
      case UI -> isUid(value);
      default -> true;
    };
  }

  private static boolean isDateTime(String value) {
    String local = value;
    int sign = Math.max(value.indexOf('+'), value.indexOf('-'));
    if (sign >= 0) {
      if (!OFFSET.matcher(value.substring(sign)).matches()) {
        return false;
      }
      local = value.substring(0, sign);
    }
    if (local.length() < 8) {
      return local.matches("\\d{4}((0[1-9]|1[0-2]))?");
    }
    boolean time = local.length() == 8 || TIME.matcher(local.substring(8)).matches();
    return time && isDate(local.substring(0, 8));
  }

  private static boolean isDate(String value) {
    try {
      return LocalDate.parse(value, DATE).getYear() > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isUid(String value) {
    try {
      return new SopInstanceUid(value).value().equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

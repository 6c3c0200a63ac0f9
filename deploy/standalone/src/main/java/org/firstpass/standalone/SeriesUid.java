package org.firstpass.standalone;

import org.firstpass.study.SeriesInstanceUid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A Series Instance UID on the command line. */
final class SeriesUid implements ITypeConverter<SeriesInstanceUid> {
  @Override
  public SeriesInstanceUid convert(String value) {
    try {
      return new SeriesInstanceUid(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}

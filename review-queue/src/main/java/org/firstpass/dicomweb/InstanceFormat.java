package org.firstpass.dicomweb;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.web.InstanceTranscoder;
import org.firstpass.http.AcceptedType;

/**
 * In which transfer syntax an instance goes out.
 *
 * <p>Without a transfer syntax in what is accepted it is Explicit VR Little Endian, and as stored
 * if this build cannot decode it; {@code *} is as stored.
 *
 * @see "PS3.18 section 8.7.3.5.2"
 */
enum InstanceFormat {
  AS_STORED,
  EXPLICIT_LITTLE_ENDIAN;

  static final String DICOM = "application/dicom";

  /** The best format that is accepted, none if none is. */
  static Optional<InstanceFormat> of(StoredInstance instance, List<AcceptedType> accepted) {
    return accepted.stream()
        .filter(type -> type.accepts(DICOM))
        .map(type -> of(instance.transferSyntax(), type.transferSyntax()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<InstanceFormat> of(String stored, Optional<String> wanted) {
    boolean decodes = InstanceTranscoder.decodes(stored);
    String syntax = wanted.orElse(decodes ? InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN : stored);
    if (syntax.equals("*") || syntax.equals(stored)) {
      return Optional.of(AS_STORED);
    }
    return syntax.equals(InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN) && decodes
        ? Optional.of(EXPLICIT_LITTLE_ENDIAN)
        : Optional.empty();
  }

  String contentType(StoredInstance instance) {
    String syntax =
        this == AS_STORED ? instance.transferSyntax() : InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN;
    return DICOM + "; transfer-syntax=" + syntax;
  }
}

package org.firstpass.dicomweb;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.web.InstanceFrames;
import org.firstpass.dicom.web.InstanceTranscoder;
import org.firstpass.http.AcceptedType;

/**
 * How frames go out.
 *
 * @param decoded whether codestreams become uncompressed pixels
 * @param contentType of each part
 * @see "PS3.18 section 8.7.3.3.1, table 8.7.3-5"
 */
record FrameFormat(boolean decoded, String contentType) {
  static final String OCTETS = "application/octet-stream";

  /** The best format that is accepted, none if none is. */
  static Optional<FrameFormat> of(InstanceFrames.Summary frames, List<AcceptedType> accepted) {
    return accepted.stream().map(type -> of(frames, type)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<FrameFormat> of(InstanceFrames.Summary frames, AcceptedType type) {
    String stored = frames.transferSyntax();
    String storedType = frames.encapsulated() ? mediaType(stored) : OCTETS;
    boolean decodes = !frames.encapsulated() || InstanceTranscoder.decodes(stored);
    String wanted = type.transferSyntax().orElse(InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN);
    if (type.accepts(OCTETS)) {
      if (frames.encapsulated() && (wanted.equals("*") || wanted.equals(stored))) {
        return Optional.of(new FrameFormat(false, OCTETS + "; transfer-syntax=" + stored));
      }
      boolean plain =
          wanted.equals("*") || wanted.equals(InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN);
      if (plain && decodes) {
        String syntax = InstanceTranscoder.EXPLICIT_LITTLE_ENDIAN;
        return Optional.of(
            new FrameFormat(frames.encapsulated(), OCTETS + "; transfer-syntax=" + syntax));
      }
    }
    boolean asStored =
        frames.encapsulated()
            && type.accepts(storedType)
            && type.transferSyntax().filter(s -> !s.equals("*") && !s.equals(stored)).isEmpty();
    return asStored
        ? Optional.of(new FrameFormat(false, storedType + "; transfer-syntax=" + stored))
        : Optional.empty();
  }

  /** The media type of a codestream. */
  private static String mediaType(String transferSyntax) {
    return switch (transferSyntax) {
      case "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.4.70" ->
          "image/jpeg";
      case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> "image/jls";
      case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> "image/jp2";
      case "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93" -> "image/jpx";
      case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203" ->
          "image/jphc";
      case "1.2.840.10008.1.2.5" -> "image/dicom-rle";
      default -> OCTETS;
    };
  }
}

package org.firstpass.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.firstpass.correction.Protocols;
import org.firstpass.event.WrittenJson;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.firstpass.segment.Hanging;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.jspecify.annotations.Nullable;

/**
 * The file in which an installation writes down its protocols, JSON.
 *
 * @param format {@link #FORMAT}
 */
public record ProtocolFile(int format, @Nullable List<Written> protocols) {
  /** The only version of the format that this build reads. */
  public static final int FORMAT = 1;

  /**
   * A protocol as people write it.
   *
   * @param version from 1; 1 if it is left out
   */
  public record Written(
      @Nullable String name,
      @Nullable Integer version,
      @Nullable String instructions,
      @Nullable List<Asked> findings,
      @Nullable Hung hanging) {
    private Protocol protocol() {
      String known = required("a protocol's name", name);
      return new Protocol(
          known,
          version == null ? 1 : version,
          instructions == null ? "" : instructions,
          listed(findings).stream().map(asked -> asked.finding(known)).toList(),
          hanging == null ? Hanging.USUAL : hanging.hanging());
    }
  }

  /**
   * A hanging as people write it; words in lower case, everything may be left out.
   *
   * @param layout three_planes, one_plane or two_by_two
   * @param overlay outline or filled
   */
  public record Hung(
      @Nullable List<String> planes,
      @Nullable String layout,
      Hanging.@Nullable Window window,
      @Nullable String overlay,
      @Nullable Boolean zoomToSegment,
      @Nullable Boolean prior) {
    private Hanging hanging() {
      return new Hanging(
          listed(planes).stream().map(plane -> one(Hanging.PlaneName.values(), plane)).toList(),
          layout == null ? Hanging.USUAL.layout() : one(Hanging.Layout.values(), layout),
          window,
          overlay == null ? null : one(Hanging.Overlay.values(), overlay),
          Boolean.TRUE.equals(zoomToSegment),
          Boolean.TRUE.equals(prior));
    }
  }

  /**
   * A finding as people write it.
   *
   * @param kind in lower case
   * @param appliesTo image or segment; image, if it is left out
   * @param required whether there is one at least, if {@code min} is left out
   */
  public record Asked(
      @Nullable CodedConcept concept,
      @Nullable String kind,
      @Nullable String appliesTo,
      @Nullable Set<Integer> segments,
      @Nullable List<CodedConcept> choices,
      @Nullable Boolean required,
      @Nullable Integer min,
      @Nullable Integer max) {
    private RequestedFinding finding(String protocol) {
      int least = Boolean.TRUE.equals(required) ? 1 : 0;
      return new RequestedFinding(
          ProtocolFile.required("a concept in protocol '" + protocol + "'", concept),
          one(
              FindingKind.values(),
              ProtocolFile.required("a kind in protocol '" + protocol + "'", kind)),
          appliesTo == null ? AppliesTo.IMAGE : one(AppliesTo.values(), appliesTo),
          segments == null ? Set.of() : segments,
          listed(choices),
          min == null ? least : min,
          max == null ? RequestedFinding.NO_LIMIT : max);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Protocols read(Path file) {
    try {
      ProtocolFile read =
          WrittenJson.mapper().readValue(Files.readAllBytes(file), ProtocolFile.class);
      if (read.format() != FORMAT) {
        throw new IllegalArgumentException(
            "the format of protocols must be " + FORMAT + ", but is " + read.format());
      }
      return new Protocols(listed(read.protocols()).stream().map(Written::protocol).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "protocols " + file.getFileName() + ": " + WrittenJson.complaint(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("protocols " + file + " cannot be read", e);
    }
  }

  private static <E extends Enum<E>> E one(E[] all, String word) {
    for (E one : all) {
      if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        ("'" + word + "' is none of " + Arrays.toString(all)).toLowerCase(Locale.ROOT));
  }

  private static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> T required(String what, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return value;
  }
}

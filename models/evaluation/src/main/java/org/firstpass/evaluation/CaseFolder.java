package org.firstpass.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.calibration.NiftiCases;
import org.firstpass.event.EventJson;

/**
 * Cases in a folder: an exported data set, which says in its {@code manifest.json} whose cases they
 * are and on which side, or NIfTI files as {@link NiftiCases} reads them with a {@code cases.json}
 * that says so: a list of {@link EvaluatedCase}.
 *
 * <p>Which scanner a case of a data set is of and so on may lie in a {@code traits.json} beside the
 * manifest: {@link CaseTraits} by the name of the case.
 */
public final class CaseFolder {
  private static final ObjectMapper MAPPER =
      EventJson.mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private CaseFolder() {}

  /**
   * The cases of a folder, by name.
   *
   * @param channels that each must have
   * @throws IllegalArgumentException if the folder says of a case neither whose it is nor where
   */
  public static List<CaseSource> read(Path folder, int channels) {
    Path manifest = folder.resolve("manifest.json");
    if (Files.isRegularFile(manifest)) {
      return ExportedCases.read(folder, manifest, traits(folder));
    }
    Path list = folder.resolve("cases.json");
    if (!Files.isRegularFile(list)) {
      throw new IllegalArgumentException(
          folder + " must have the manifest.json of an exported data set, or a cases.json");
    }
    Map<String, EvaluatedCase> listed =
        List.of(read(list, EvaluatedCase[].class)).stream()
            .collect(Collectors.toMap(EvaluatedCase::name, Function.identity()));
    return NiftiCases.in(folder, channels).stream().map(held -> source(held, listed)).toList();
  }

  private static CaseSource source(HeldOutCase held, Map<String, EvaluatedCase> listed) {
    EvaluatedCase subject = listed.get(held.name());
    if (subject == null) {
      throw new IllegalArgumentException("cases.json has no case " + held.name());
    }
    return new CaseSource(subject, held);
  }

  private static Map<String, CaseTraits> traits(Path folder) {
    Path file = folder.resolve("traits.json");
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      return MAPPER.readerForMapOf(CaseTraits.class).readValue(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}

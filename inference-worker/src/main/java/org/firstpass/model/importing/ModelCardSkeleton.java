package org.firstpass.model.importing;

import java.util.List;
import java.util.stream.Collectors;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;

/**
 * A model card with what an import knows, and blanks for what only people know: {@code (to fill
 * in)}.
 */
public final class ModelCardSkeleton {
  /** What stands where a person has to write. */
  public static final String BLANK = "(to fill in)";

  private ModelCardSkeleton() {}

  /** Markdown, LF, one LF at the end. */
  public static String of(ModelManifest manifest, ImportNotes notes, boolean frameworkGolden) {
    String source = manifest.about().source();
    return """
        # %s

        %s

        **Intended use: %s**

        | | |
        |---|---|
        | licence of the weights | %s |
        | source | %s |
        | takes | %s |
        | golden case | %s |

        ## What it marks

        %s
        ## How it was made

        - Data, how many patients, from where, of which scanners: %s
        - Who drew the reference: %s
        - Training, in which framework and version: %s

        ## What was measured

        - On which held-out cases, with which Dice per segment: %s
        - On cases of this site: %s

        ## Where it does worst

        %s

        ## How it was imported

        %s
        ### To be checked by a person

        %s"""
        .formatted(
            manifest.label(),
            manifest.about().title(),
            manifest.about().intendedUse(),
            manifest.about().licence(),
            source == null ? BLANK : source,
            String.join(", ", manifest.accepts().modalities()),
            golden(frameworkGolden),
            segments(manifest),
            BLANK,
            BLANK,
            BLANK,
            BLANK,
            BLANK,
            BLANK,
            bullets(notes.decisions()),
            bullets(notes.checks()));
  }

  private static String golden(boolean frameworkGolden) {
    return frameworkGolden
        ? "the answer of the framework in which it was trained"
        : "the package's own first answer: it shows that nothing changes, not that it is right";
  }

  private static String segments(ModelManifest manifest) {
    return manifest.labels().segments().stream()
        .map(LabelledChannel::segment)
        .map(
            segment ->
                "- %d %s (%s, %s)%s%n"
                    .formatted(
                        segment.number(),
                        segment.label(),
                        segment.type().value(),
                        segment.type().scheme(),
                        segment.modifier().map(side -> ", " + side.meaning()).orElse("")))
        .collect(Collectors.joining())
        .replace("\r\n", "\n");
  }

  private static String bullets(List<String> lines) {
    return lines.isEmpty()
        ? "- nothing\n"
        : lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
  }
}

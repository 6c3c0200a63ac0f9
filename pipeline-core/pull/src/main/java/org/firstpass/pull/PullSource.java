package org.firstpass.pull;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.RetryBudget;
import org.firstpass.peer.WebAddress;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * An archive that images are fetched from.
 *
 * @param name as it is told in commands, metrics, logs and lists
 * @param dimse where, if by C-FIND and C-MOVE or C-GET
 * @param retrieve with {@code dimse}, how it sends
 * @param web where, if by QIDO-RS and WADO-RS
 * @param project what is fetched is for this one, unless it is asked for another; default if null
 * @param retry {@link RetryBudget#STANDARD} if null
 * @param timeout how long the archive may be silent, and one series of DICOMweb may take; 5m if
 *     null
 * @param concurrency studies at a time, of all processes together; 1 if null
 * @param backfill what backfills may ask; no limits if null
 */
public record PullSource(
    @Nullable String name,
    @Nullable DimseAddress dimse,
    @Nullable Retrieval retrieve,
    @Nullable WebAddress web,
    @Nullable String project,
    @Nullable RetryBudget retry,
    @Nullable String timeout,
    @Nullable Integer concurrency,
    @Nullable BackfillLimits backfill) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int MAX_CONCURRENCY = 8;
  private static final String STANDARD_TIMEOUT = "5m";

  public PullSource {
    Requirement.that(
        NAME.matcher(Requirement.text("name", name)).matches(),
        "name must be lower-case letters, digits and dashes, at most 40, but is '" + name + "'");
    String of = "source '" + name + "' ";
    Requirement.that(
        (dimse == null) != (web == null), of + "must have one of dimse and web, and not both");
    Requirement.that(
        (dimse == null) == (retrieve == null), of + "must have retrieve with dimse, and only then");
    project = project == null ? ProjectName.DEFAULT.value() : project;
    new ProjectName(project);
    timeout = timeout == null ? STANDARD_TIMEOUT : timeout;
    RetryBudget.duration("timeout", timeout);
    concurrency = concurrency == null ? 1 : concurrency;
    Requirement.within("concurrency", concurrency, 1, MAX_CONCURRENCY);
  }

  /** {@link #name}, which is there. */
  public String title() {
    return Objects.requireNonNull(name);
  }

  /** {@link #project}, as a name. */
  public ProjectName target() {
    return new ProjectName(Objects.requireNonNull(project));
  }

  /** Whether what it sends comes to the gateway, and not to who asked. */
  boolean moves() {
    return retrieve == Retrieval.MOVE;
  }

  /** How it is reached by DIMSE, if it is. */
  Optional<DimseAddress> byDimse() {
    return Optional.ofNullable(dimse);
  }

  RetryBudget budget() {
    return retry == null ? RetryBudget.STANDARD : retry;
  }

  Duration limit() {
    return RetryBudget.duration("timeout", timeout);
  }

  int workers() {
    return concurrency == null ? 1 : concurrency;
  }

  public BackfillLimits limits() {
    return backfill == null ? BackfillLimits.NONE : backfill;
  }
}

package org.firstpass.pull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.peer.Requirement;
import org.firstpass.study.ProjectName;

/**
 * What is fetched from where.
 *
 * @param titles the gateway's AE titles, and the project of each
 * @param leastFree a backfill waits while the store has fewer bytes free
 * @param mostUnfinished a backfill waits while so many series are received or wait for a worker
 */
public record PullConfig(
    PullSources sources, Map<String, ProjectName> titles, long leastFree, int mostUnfinished) {
  /**
   * @throws IllegalArgumentException if an archive shall send by C-MOVE for a project that no AE
   *     title of the gateway is for
   */
  public PullConfig {
    titles = Map.copyOf(titles);
    for (PullSource source : sources.sources()) {
      if (source.moves()) {
        for (ProjectName project : projects(source, sources.rules())) {
          requireTitle(source, project, titles);
        }
      }
    }
  }

  private static Set<ProjectName> projects(PullSource source, List<PriorRule> rules) {
    return Stream.concat(
            Stream.of(source.target()),
            rules.stream()
                .filter(rule -> rule.from().equals(source.title()))
                .map(PriorRule::target))
        .collect(Collectors.toSet());
  }

  private static void requireTitle(
      PullSource source, ProjectName project, Map<String, ProjectName> titles) {
    Requirement.that(
        PullDoors.titleOf(project, titles).isPresent(),
        "source '%s' sends by MOVE for the project '%s', but no AE title of the gateway is for it; add one to projects in dicom.network"
            .formatted(source.title(), project));
  }

  /**
   * Whether a source can send for a project.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public void requireReachable(PullSource source, ProjectName project) {
    if (source.moves()) {
      requireTitle(source, project, titles);
    }
  }
}

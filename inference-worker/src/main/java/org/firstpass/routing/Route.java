package org.firstpass.routing;

import java.util.List;
import java.util.function.Function;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;

/** Where a series goes, with the story of each rule that was looked at. */
public sealed interface Route {

  /** One line per rule: what matched, what did not and why. It may quote headers. */
  List<String> explanation();

  /**
   * To these packages, each of which makes its own proposal.
   *
   * @param packages at least one
   * @param rule the name of the rule, null if what the package states of itself decided
   * @param protocol the annotation protocol that the rule asks for, null if none
   * @param priority what is added to the priority of the tasks
   */
  record Served(
      List<ModelPackage> packages,
      @Nullable String rule,
      @Nullable String protocol,
      int priority,
      List<String> explanation)
      implements Route {
    public Served {
      packages = List.copyOf(packages);
      if (packages.isEmpty()) {
        throw new IllegalArgumentException("a series is served by one package at least");
      }
      explanation = List.copyOf(explanation);
    }
  }

  /**
   * To a first model, whose findings decide.
   *
   * @param then the way on; its explanation has this one's lines too
   */
  record AskFirst(ModelPackage first, Function<FirstFindings, Route> then, List<String> explanation)
      implements Route {
    public AskFirst {
      explanation = List.copyOf(explanation);
    }
  }

  /**
   * Nowhere.
   *
   * @param reason without free text of the headers: it goes into events
   */
  record Refused(ReasonCode code, String reason, List<String> explanation) implements Route {
    public Refused {
      explanation = List.copyOf(explanation);
    }
  }
}

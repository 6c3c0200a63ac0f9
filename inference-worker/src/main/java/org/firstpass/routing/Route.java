package org.firstpass.routing;

import java.util.List;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;

/** Where a series goes, with the story of each rule that was looked at. */
public sealed interface Route {

  /** One line per rule: what matched, what did not and why. */
  List<String> explanation();

  /** To this package. */
  record Served(ModelPackage model, List<String> explanation) implements Route {
    public Served {
      explanation = List.copyOf(explanation);
    }
  }

  /** Nowhere. */
  record Refused(ReasonCode code, String reason, List<String> explanation) implements Route {
    public Refused {
      explanation = List.copyOf(explanation);
    }
  }
}

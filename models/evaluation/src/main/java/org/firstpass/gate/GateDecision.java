package org.firstpass.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the gate says of a candidate, with every reason. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GateDecision.Passed.class, name = "PASSED"),
  @JsonSubTypes.Type(value = GateDecision.Failed.class, name = "FAILED"),
  @JsonSubTypes.Type(value = GateDecision.Inadmissible.class, name = "INADMISSIBLE")
})
public sealed interface GateDecision {

  /** What kind it is. */
  enum Kind {
    PASSED,
    FAILED,
    INADMISSIBLE
  }

  Kind kind();

  /** For people, one line each; what does not hold comes first. */
  List<String> reasons();

  /** Every rule holds. */
  record Passed(List<Finding> findings) implements GateDecision {
    public Passed {
      findings = List.copyOf(findings);
    }

    @Override
    public Kind kind() {
      return Kind.PASSED;
    }

    @Override
    public List<String> reasons() {
      return findings.stream().map(Finding::words).toList();
    }
  }

  /** At least one rule does not hold. */
  record Failed(List<Finding> findings) implements GateDecision {
    public Failed {
      findings = List.copyOf(findings);
    }

    @Override
    public Kind kind() {
      return Kind.FAILED;
    }

    /** The findings that do not hold. */
    public List<Finding> against() {
      return findings.stream().filter(each -> !each.passed()).toList();
    }

    @Override
    public List<String> reasons() {
      return against().stream().map(Finding::words).toList();
    }
  }

  /** The reports cannot be used to decide. */
  record Inadmissible(List<Objection> objections) implements GateDecision {
    public Inadmissible {
      objections = List.copyOf(objections);
    }

    @Override
    public Kind kind() {
      return Kind.INADMISSIBLE;
    }

    @Override
    public List<String> reasons() {
      return objections.stream().map(Objection::words).toList();
    }
  }
}

package org.firstpass.correction;

import java.util.List;
import java.util.stream.Collectors;
import org.firstpass.finding.FindingProblem;

/** What was submitted contradicts itself, the schema, the protocol or the image. */
public final class InconsistentSubmission extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String CODE = "INCONSISTENT_SUBMISSION";

  private final String code;

  public InconsistentSubmission(String message) {
    this(CODE, message);
  }

  private InconsistentSubmission(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Findings that cannot be taken; the code is that of the first, the message has all. */
  static InconsistentSubmission of(List<FindingProblem> problems) {
    return new InconsistentSubmission(
        problems.get(0).fault().name(),
        problems.stream().map(FindingProblem::message).collect(Collectors.joining("; ")));
  }

  /** A stable code of the HTTP interface. */
  public String code() {
    return code;
  }
}

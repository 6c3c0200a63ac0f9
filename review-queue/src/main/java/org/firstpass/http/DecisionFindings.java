package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.correction.SubmittedFindings;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;

/** The findings that a decision states itself, for those who keep no journal. */
final class DecisionFindings {
  private static final int MAX_FINDINGS = 1000;

  private DecisionFindings() {}

  static SubmittedFindings of(JsonNode decision, String reader) {
    JsonNode list = decision.path("findings");
    if (list.isMissingNode()) {
      return SubmittedFindings.NONE;
    }
    if (!list.isArray() || list.size() > MAX_FINDINGS) {
      throw RequestParts.malformed("'findings' is a list of up to " + MAX_FINDINGS);
    }
    List<Finding> findings = new ArrayList<>();
    Set<UUID> ids = new HashSet<>();
    for (JsonNode node : list) {
      Finding finding = finding(node, reader);
      if (!ids.add(finding.heading().id())) {
        throw RequestParts.malformed("each of 'findings' has an 'id' of its own");
      }
      findings.add(finding);
    }
    return proposal -> List.copyOf(findings);
  }

  private static Finding finding(JsonNode node, String reader) {
    try {
      return FindingCodec.finding(node, reader);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'findings': " + e.getMessage());
    }
  }
}

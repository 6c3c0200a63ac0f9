package org.firstpass.selection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RouteTaken;

/**
 * Which strategy holds for which protocol.
 *
 * @param standard of protocols that are not named
 */
public record Strategies(Strategy standard, Map<String, Strategy> byProtocol) {
  public static final Strategies UNCERTAINTY = new Strategies(Strategy.UNCERTAINTY, Map.of());

  public Strategies {
    byProtocol = Map.copyOf(byProtocol);
  }

  /**
   * As an installation writes them.
   *
   * @param exceptions each as {@code protocol:strategy}
   * @throws IllegalArgumentException if one of them is not so
   */
  public static Strategies of(String standard, List<String> exceptions) {
    var byProtocol = new HashMap<String, Strategy>();
    for (String exception : exceptions) {
      int colon = exception.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "'" + exception + "' is no protocol with a strategy, such as liver:novelty");
      }
      Strategy strategy = Strategy.named(exception.substring(colon + 1).strip());
      if (byProtocol.put(exception.substring(0, colon).strip(), strategy) != null) {
        throw new IllegalArgumentException("'" + exception + "' is the second for its protocol");
      }
    }
    return new Strategies(Strategy.named(standard), byProtocol);
  }

  /** The strategy for a proposal. */
  public Strategy of(ProposalMade proposal) {
    return byProtocol.getOrDefault(protocol(proposal), standard);
  }

  /** Whether any protocol has this one. */
  public boolean have(Strategy strategy) {
    return standard == strategy || byProtocol.containsValue(strategy);
  }

  /** Whether any protocol has one that asks for more than the package's own doubt. */
  public boolean askForInterest() {
    return standard.interest().isPresent()
        || byProtocol.values().stream().anyMatch(one -> one.interest().isPresent());
  }

  /** The protocol that the routing named, or else the name of the label schema. */
  public static String protocol(ProposalMade proposal) {
    RouteTaken route = proposal.notes().route();
    return route == null || route.protocol() == null ? proposal.schema().name() : route.protocol();
  }
}

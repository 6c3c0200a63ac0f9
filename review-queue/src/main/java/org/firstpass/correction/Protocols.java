package org.firstpass.correction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RouteTaken;
import org.firstpass.segment.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocols of an installation, by name. Immutable. */
public final class Protocols {
  private static final Logger LOG = LoggerFactory.getLogger(Protocols.class);

  /** Nothing is asked for and everything is allowed. */
  public static final Protocols NONE = new Protocols(List.of());

  private final Map<String, Protocol> byName;

  /**
   * @throws IllegalArgumentException if two have the same name
   */
  public Protocols(List<Protocol> protocols) {
    byName =
        protocols.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Protocol::name,
                    Function.identity(),
                    (one, other) -> {
                      throw new IllegalArgumentException(
                          "there are two protocols '" + one.name() + "'");
                    }));
  }

  /** The one that the proposal's route asks for; if it asks for none, the open one. */
  public Protocol of(ProposalMade proposal) {
    Optional<String> name = Optional.ofNullable(proposal.notes().route()).map(RouteTaken::protocol);
    Optional<Protocol> protocol = name.map(byName::get);
    if (name.isPresent() && protocol.isEmpty()) {
      LOG.debug("protocol '{}' says nothing of findings here", name.get());
    }
    return protocol.orElse(Protocol.OPEN);
  }
}

package org.firstpass.stream;

import java.util.Set;
import org.firstpass.event.EventType;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * A topic by its name, with the family of events that it carries.
 *
 * @param family the type that all its events have
 * @param types the kinds that may appear in it
 */
public record Topic<E extends FirstpassEvent>(String name, Class<E> family, Set<EventType> types) {
  public Topic {
    types = Set.copyOf(types);
  }

  /**
   * The event as one of this topic.
   *
   * @throws Defect with {@link ReasonCode#EVENT_UNREADABLE} if its kind does not belong here
   */
  E accept(FirstpassEvent event) {
    if (!types.contains(event.type())) {
      throw new Defect(
          ReasonCode.EVENT_UNREADABLE,
          "topic " + name + " carries " + types + ", not " + event.type());
    }
    return family.cast(event);
  }
}

package org.firstpass.stream;

import java.util.UUID;

/**
 * What an {@link EventLoop} follows.
 *
 * @param groupId remembers how far it has come; two loops with one group share the partitions
 * @param name of the group in meters
 */
public record EventLoopConfig(StreamConfig stream, Topic<?> topic, String groupId, String name) {
  /** A group that is called what it is. */
  public EventLoopConfig(StreamConfig stream, Topic<?> topic, String groupId) {
    this(stream, topic, groupId, groupId);
  }

  /** A group of this process alone, which reads all of the topic from its beginning. */
  public static EventLoopConfig ofThisProcess(StreamConfig stream, Topic<?> topic, String name) {
    return new EventLoopConfig(stream, topic, name + "-" + UUID.randomUUID(), name);
  }
}

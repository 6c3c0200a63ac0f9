package org.firstpass.stream;

/**
 * What an {@link EventLoop} follows.
 *
 * @param groupId remembers how far it has come; two loops with one group share the partitions
 */
public record EventLoopConfig(StreamConfig stream, Topic<?> topic, String groupId) {}

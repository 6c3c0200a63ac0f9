package org.firstpass.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** The broker's settings of a share group, which belong to the group and not to its members. */
final class WorkGroup {
  private static final int TIMEOUT_SECONDS = 30;
  private static final String DELIVERY_LIMIT = "5";

  private WorkGroup() {}

  static void configure(WorkLoopConfig<?> config) {
    Map<String, String> settings =
        Map.of(
            "share.auto.offset.reset", "earliest",
            // The relay writes in transactions; without this, aborted events would be worked on.
            "share.isolation.level", "read_committed",
            "share.record.lock.duration.ms", Long.toString(config.lock().toMillis()),
            "share.delivery.count.limit", DELIVERY_LIMIT,
            "share.renew.acknowledge.enable", "true",
            "errors.deadletterqueue.topic.name", Topics.deadLetters(config.topic().name()),
            "errors.deadletterqueue.copy.record.enable", "true");
    List<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    var group = new ConfigResource(ConfigResource.Type.GROUP, config.groupId());
    try (Admin admin = Admin.create(config.stream().with(Map.of()))) {
      admin
          .incrementalAlterConfigs(Map.of(group, changes))
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw KafkaFailure.sorted("group " + config.groupId() + " cannot be configured", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailure.sorted("interrupted while a group was configured", e);
    }
  }
}

package org.firstpass.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.model.ModelPackage;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.WorkHandler;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.volume.LabelMapCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request of a reader to look again ends in one answer, with labels or with a code, however
 * often the request is delivered: the id of the answer is derived from that of the request, and the
 * labels are stored by content. Safe for use by many threads.
 */
final class RerunHandler implements WorkHandler<RerunRequested> {
  private static final Logger LOG = LoggerFactory.getLogger(RerunHandler.class);

  private final PackageShelf shelf;
  private final BoxRun run;
  private final ObjectStore store;
  private final WorkerMetrics metrics;
  private final Consumer<RerunAnswered> answers;
  private final Clock clock;

  RerunHandler(
      PackageShelf shelf,
      BoxRun run,
      ObjectStore store,
      WorkerMetrics metrics,
      Consumer<RerunAnswered> answers,
      Clock clock) {
    this.shelf = shelf;
    this.run = run;
    this.store = store;
    this.metrics = metrics;
    this.answers = answers;
    this.clock = clock;
  }

  @Override
  public void handle(RerunRequested event, int attempt) {
    long began = System.nanoTime();
    try (PackageUse packages = shelf.use()) {
      ObjectReference labels = labels(event, packages);
      tell(event, labels, null, Duration.ofNanos(System.nanoTime() - began));
    } catch (StudyRefused e) {
      tell(event, null, e, Duration.ZERO);
    } catch (TryAgainLater e) {
      throw e;
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      Defect defect = PackageFault.of(e);
      // A worker that is being stopped has not failed: the request goes to another one.
      if (!Thread.currentThread().isInterrupted()) {
        tell(event, null, defect, Duration.ZERO);
      }
      throw defect;
    }
  }

  private ObjectReference labels(RerunRequested event, PackageUse packages) {
    ModelPackage model = same(event.modelPackage(), packages);
    var series = SurveyedSeries.of(event.input(), store, metrics);
    series
        .survey()
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    var labels = run.labels(series.image().volume(), packages.network(model), event.box());
    return store.put(LabelMapCodec.encode(labels), LabelMapCodec.MEDIA_TYPE);
  }

  /** What another version says would be no second look. */
  private static ModelPackage same(PackageReference wanted, PackageUse packages) {
    return packages
        .served()
        .find(wanted.name(), wanted.version())
        .filter(each -> each.digest().equals(wanted.digest()))
        .orElseThrow(
            () ->
                new StudyRefused(
                    ReasonCode.NO_PACKAGE,
                    wanted.name() + " " + wanted.version() + " is not served here any more"));
  }

  private void tell(
      RerunRequested event,
      @Nullable ObjectReference labels,
      @Nullable FirstpassFailure failure,
      Duration taken) {
    UUID id = NameBasedUuid.of("rerun answered", event.id().toString());
    answers.accept(
        new RerunAnswered(
            id,
            clock.instant(),
            event.input(),
            event.id(),
            labels,
            failure == null ? null : failure.code(),
            failure == null ? null : failure.getMessage(),
            taken.toMillis()));
    LOG.info(
        "looked again: event {} series {} package {} {}: {} in {} ms",
        event.id(),
        event.series(),
        event.modelPackage().name(),
        event.modelPackage().version(),
        failure == null ? "labels" : failure.code().code(),
        taken.toMillis());
  }
}

package org.firstpass.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer, written to a stream as long as it is not longer than allowed. */
final class BoundedBody implements BodySubscriber<Boolean> {
  private final OutputStream target;
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long left;

  BoundedBody(OutputStream target, long limit) {
    this.target = target;
    this.left = limit;
  }

  /** Completes when all of it came. */
  @Override
  public CompletionStage<Boolean> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (whole.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        left -= buffer.remaining();
        if (left < 0) {
          throw new IOException("the answer is longer than allowed");
        }
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        target.write(bytes);
      }
    } catch (IOException e) {
      whole.completeExceptionally(e);
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(Boolean.TRUE);
  }
}

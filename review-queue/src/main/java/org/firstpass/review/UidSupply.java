package org.firstpass.review;

import java.util.UUID;
import java.util.function.Supplier;

/** Where new transactions come from; tests hand in their own. */
public interface UidSupply extends Supplier<TransactionUid> {

  static UidSupply random() {
    return () -> TransactionUid.of(UUID.randomUUID());
  }
}

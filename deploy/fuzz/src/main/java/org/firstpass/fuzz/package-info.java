/**
 * Fuzzing: bytes that nobody sane would send, to every door that takes bytes from outside. Jazzer
 * makes them and follows the coverage; {@link org.firstpass.fuzz.Judge} says what is a finding.
 * Nothing depends on this room. Open {@link org.firstpass.fuzz.Targets} first.
 */
@NullMarked
package org.firstpass.fuzz;

import org.jspecify.annotations.NullMarked;

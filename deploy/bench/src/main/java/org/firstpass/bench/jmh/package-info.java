/**
 * Single steps measured by JMH: {@code deploy/bench/run jmh [pattern]}. A step is a class with
 * JMH's annotations whose fields hold the input, made when the fork begins, and whose methods
 * answer what they made, so that nothing is optimised away. A new one needs no entry anywhere. Open
 * {@link org.firstpass.bench.jmh.ResamplingStep} first.
 */
@NullMarked
package org.firstpass.bench.jmh;

import org.jspecify.annotations.NullMarked;

/**
 * Whether a version of a package may take the place of the one that is served: rules over two
 * reports on the same held-out cases, and the record of who decided by them. Knows no Kafka. Open
 * {@link org.firstpass.gate.Gate} first.
 */
@NullMarked
package org.firstpass.gate;

import org.jspecify.annotations.NullMarked;

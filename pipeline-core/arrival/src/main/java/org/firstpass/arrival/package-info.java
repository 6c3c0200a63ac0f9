/**
 * The gateway: instances are received, checked, stored, indexed and only then acknowledged; a quiet
 * series becomes a revision and is announced; how each series ended is kept. Knows no model and no
 * review. Open {@link org.firstpass.arrival.Gateway} first.
 */
@NullMarked
package org.firstpass.arrival;

import org.jspecify.annotations.NullMarked;

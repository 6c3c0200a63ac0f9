/**
 * Review tasks: their states and transitions, leases, the order in which they are read, and why.
 * Knows no SQL, no HTTP and no pixels. Open {@link org.firstpass.review.ReviewTask} first.
 */
@NullMarked
package org.firstpass.review;

import org.jspecify.annotations.NullMarked;

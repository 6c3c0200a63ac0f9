/**
 * The SQL of the review queue: one statement claims a task, and every write checks the fencing
 * transaction. Knows no pixels and no HTTP. Open {@link org.firstpass.postgres.ReviewTasks} first.
 */
@NullMarked
package org.firstpass.postgres;

import org.jspecify.annotations.NullMarked;

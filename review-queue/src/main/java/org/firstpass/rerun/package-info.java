/**
 * A reader's wish that the package of a proposal looks at a box again: asked, answered by a worker
 * or not in time. Knows no HTTP and no SQL. Open {@link org.firstpass.rerun.RerunDesk} first.
 */
@NullMarked
package org.firstpass.rerun;

import org.jspecify.annotations.NullMarked;

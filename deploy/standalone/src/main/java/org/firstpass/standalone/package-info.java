/**
 * Every role in one process, and the command line. Wires the rooms together and holds no rule of
 * theirs. Open {@link org.firstpass.standalone.Firstpass} first.
 */
@NullMarked
package org.firstpass.standalone;

import org.jspecify.annotations.NullMarked;

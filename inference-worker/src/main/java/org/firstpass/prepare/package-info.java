/**
 * From a series' volume to the network's input and from its output back onto the grid of the
 * series, exactly. Knows the manifest and patient space; does not know what runs the network. Open
 * {@link org.firstpass.prepare.Preparation} first.
 */
@NullMarked
package org.firstpass.prepare;

import org.jspecify.annotations.NullMarked;

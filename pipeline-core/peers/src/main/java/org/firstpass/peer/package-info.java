/**
 * The other systems that we call: where they are, how they let us in, how often they are tried.
 * Knows nothing of what is exchanged with them. Open {@link org.firstpass.peer.WebCalls} first.
 */
@NullMarked
package org.firstpass.peer;

import org.jspecify.annotations.NullMarked;

/**
 * The review server as one thing to start and stop: it joins the rooms and holds no rule of its
 * own. Open {@link org.firstpass.server.ReviewServer} first.
 */
@NullMarked
package org.firstpass.server;

import org.jspecify.annotations.NullMarked;

/**
 * The facts on the wire and their JSON. Knows no broker. Open {@link
 * org.firstpass.event.FirstpassEvent} first.
 */
@NullMarked
package org.firstpass.event;

import org.jspecify.annotations.NullMarked;

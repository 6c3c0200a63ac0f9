/**
 * Which case is read next where no clinical reason says so: how much is left to chance, and with
 * which probability a pick falls on a case. Knows no database. Open {@link
 * org.firstpass.selection.Drawing} first.
 */
@NullMarked
package org.firstpass.selection;

import org.jspecify.annotations.NullMarked;

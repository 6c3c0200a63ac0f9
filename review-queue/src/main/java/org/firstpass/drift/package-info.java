/**
 * Whether proposals began to cost readers more: a watch over the figures of corrections that raises
 * an alarm, at a rate of false alarms that is known. Knows no database and no patient. Open {@link
 * org.firstpass.drift.ChangeWatch} first.
 */
@NullMarked
package org.firstpass.drift;

import org.jspecify.annotations.NullMarked;

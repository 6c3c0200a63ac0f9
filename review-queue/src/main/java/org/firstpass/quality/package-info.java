/**
 * How proposals and the work on them fare: what share is accepted, how far corrections go and what
 * they cost, over time and by what made a difference. Knows no database and no HTTP, and no
 * patient. Open {@link org.firstpass.quality.QualityLedger} first.
 */
@NullMarked
package org.firstpass.quality;

import org.jspecify.annotations.NullMarked;

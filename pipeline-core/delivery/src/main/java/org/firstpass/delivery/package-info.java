/**
 * Results to the PACS: what was proposed and what was accepted goes to each destination in its own
 * lane, and counts as delivered only when the destination confirmed that it keeps it. Knows no
 * model and no review. Open {@link org.firstpass.delivery.Deliveries} first.
 */
@NullMarked
package org.firstpass.delivery;

import org.jspecify.annotations.NullMarked;

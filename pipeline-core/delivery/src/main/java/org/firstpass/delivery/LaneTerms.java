package org.firstpass.delivery;

import java.time.Duration;
import org.firstpass.peer.RetryBudget;

/**
 * What a lane has to know of where it leads.
 *
 * @param title as it is told in metrics, logs and lists
 * @param limit how long one attempt may take to send, and to confirm
 * @param workers attempts at a time
 */
record LaneTerms(String title, RetryBudget budget, Duration limit, int workers) {}

/**
 * What a reader's hand did to a proposal, step by step, so that no step is ever lost: entries, the
 * labels that they lead to, and the effort that they show. Knows no database and no HTTP. Open
 * {@link org.firstpass.journal.JournalEntry} first.
 */
@NullMarked
package org.firstpass.journal;

import org.jspecify.annotations.NullMarked;

/**
 * Proposals from Kafka become review tasks. Knows no pixels and no HTTP. Open {@link
 * org.firstpass.intake.ProposalIntake} first.
 */
@NullMarked
package org.firstpass.intake;

import org.jspecify.annotations.NullMarked;

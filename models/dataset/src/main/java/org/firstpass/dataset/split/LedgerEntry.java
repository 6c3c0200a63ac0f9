package org.firstpass.dataset.split;

import org.firstpass.study.PatientKey;

/**
 * One line of the split ledger.
 *
 * @param split decided once, for ever
 * @param person the key of the same person that was decided first, often the patient's own
 */
public record LedgerEntry(PatientKey patient, Split split, PatientKey person) {}

package org.firstpass.dataset;

import java.util.List;
import org.firstpass.dataset.split.LedgerEntry;

/**
 * Of what, by which sides and under which conditions a data set was made.
 *
 * @param ledger the side of every patient that was weighed, sorted by patient
 * @param erased how many corrections are missing because their patient was erased
 */
public record DatasetOrigin(
    CorrectionLog log,
    List<LedgerEntry> ledger,
    Licences licences,
    Deidentification deidentification,
    int erased) {
  public DatasetOrigin {
    ledger = List.copyOf(ledger);
  }
}

package org.firstpass.bench;

/** A budget beside what was measured. */
record Budget(String what, String allowed, String measured, boolean kept) {
  static String table(Budget... budgets) {
    var table = new Table("budget", "allowed", "measured", "");
    for (Budget budget : budgets) {
      table.row(budget.what, budget.allowed, budget.measured, budget.kept ? "kept" : "**missed**");
    }
    return table.toString();
  }
}

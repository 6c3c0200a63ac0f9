package org.firstpass.dataset;

/** Is told how many cases are done: first with none, then after each one, one call at a time. */
@FunctionalInterface
public interface ExportProgress {
  void cases(int done, int total);
}

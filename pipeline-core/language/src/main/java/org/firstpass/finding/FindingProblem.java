package org.firstpass.finding;

/**
 * What is wrong with findings.
 *
 * @param message for the reader: which finding, what was expected and what was found
 */
public record FindingProblem(FindingFault fault, String message) {}

package org.firstpass.model;

/**
 * How far this package's own doubt can be trusted, fitted on held-out cases.
 *
 * <p>Logits are divided by the temperature before they become probabilities. The probability that a
 * segment is acceptable is the logistic function of {@code intercept + entropy x uncertainty +
 * disagreement x (1 - agreement) + warning x (number of warnings)}.
 *
 * @param temperature above 1 for a network that is too sure
 * @param acceptableDice from which Dice on a held-out segment counted as acceptable
 * @param expectedCalibrationError of that probability on the held-out cases, 0 to 1
 * @param cases held-out segments that it was fitted on
 */
public record CalibrationSpec(
    double temperature,
    double acceptableDice,
    double intercept,
    double entropy,
    double disagreement,
    double warning,
    double expectedCalibrationError,
    int cases) {
  public CalibrationSpec {
    Requirement.finite("calibration.temperature", temperature);
    Requirement.finite("calibration.intercept", intercept);
    Requirement.finite("calibration.entropy", entropy);
    Requirement.finite("calibration.disagreement", disagreement);
    Requirement.finite("calibration.warning", warning);
    Requirement.that(temperature > 0, "calibration.temperature must be above zero");
    Requirement.that(
        acceptableDice > 0 && acceptableDice <= 1,
        "calibration.acceptableDice must lie between 0 and 1");
    Requirement.that(
        expectedCalibrationError >= 0 && expectedCalibrationError <= 1,
        "calibration.expectedCalibrationError must lie between 0 and 1");
    Requirement.that(cases >= 1, "calibration.cases must be at least 1");
  }
}

package org.firstpass.standalone;

/** Hands every test that asks for it the same installation. */
final class OneInstallation extends Shared<TestInstallation> {
  OneInstallation() {
    super(TestInstallation.class, TestInstallation::start);
  }
}

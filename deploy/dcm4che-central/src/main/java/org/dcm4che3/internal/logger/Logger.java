package org.dcm4che3.internal.logger;

import org.slf4j.LoggerFactory;

/**
 * The fork's static logger, ours: it writes to SLF4J under one name, {@code org.dcm4che3}. The
 * original walks the stack to find its caller at every call, even when nothing is logged.
 */
public final class Logger {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.dcm4che3");

  private Logger() {}

  public static void trace(String format, Object... arguments) {
    LOG.trace(format, arguments);
  }

  public static void debug(String format, Object... arguments) {
    LOG.debug(format, arguments);
  }

  public static void info(String format, Object... arguments) {
    LOG.info(format, arguments);
  }

  public static void warn(String format, Object... arguments) {
    LOG.warn(format, arguments);
  }

  public static void error(String format, Object... arguments) {
    LOG.error(format, arguments);
  }
}

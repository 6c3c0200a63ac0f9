package org.firstpass.database;

/** Where the PostgreSQL database is and how many connections this process may hold. */
public record DatabaseConfig(String jdbcUrl, String user, String password, int maxConnections) {
  public DatabaseConfig {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("a database URL starts with jdbc:postgresql:");
    }
    if (maxConnections < 2) {
      throw new IllegalArgumentException(
          "a process needs 2 database connections or more, but may have " + maxConnections);
    }
  }

  @Override
  public String toString() {
    return "DatabaseConfig[user=" + user + ", maxConnections=" + maxConnections + "]";
  }
}

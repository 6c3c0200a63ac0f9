package org.firstpass.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles on their way into and out of SQL, where they are an array written with commas. */
final class RoleText {
  private RoleText() {}

  static String of(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::name).collect(Collectors.joining(","));
  }

  static Set<Role> parse(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Arrays.stream(text.split(","))
        .filter(name -> !name.isEmpty())
        .map(Role::valueOf)
        .forEach(roles::add);
    return roles;
  }

  /** The identity of a row with {@code name}, {@code display_name} and {@code roles}. */
  static Identity identity(ResultSet row) throws SQLException {
    return new Identity(
        row.getString("name"), row.getString("display_name"), parse(row.getString("roles")));
  }
}

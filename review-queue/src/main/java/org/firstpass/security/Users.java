package org.firstpass.security;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The local users: an administrator's operations. Thread-safe. Each writes its audit entry in the
 * same transaction. The actor is who asks; whether it may, was decided before.
 */
public final class Users {
  private final Jdbi jdbi;
  private final Clock clock;
  private final PasswordHashing hashing;
  private final AuditTrail audit;

  Users(Jdbi jdbi, Clock clock, PasswordHashing hashing, AuditTrail audit) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.hashing = hashing;
    this.audit = audit;
  }

  public List<UserAccount> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select name, display_name, array_to_string(roles, ',') as roles, enabled,
                      created, password_changed
                    from review.security_user order by name
                    """)
                .map(
                    (row, context) ->
                        new UserAccount(
                            row.getString("name"),
                            row.getString("display_name"),
                            RoleText.parse(row.getString("roles")),
                            row.getBoolean("enabled"),
                            row.getTimestamp("created").toInstant(),
                            row.getTimestamp("password_changed").toInstant()))
                .list());
  }

  /** The names of all who may read and are let in. */
  public List<String> readers() {
    return list().stream()
        .filter(user -> user.enabled() && user.roles().contains(Role.RADIOLOGIST))
        .map(UserAccount::name)
        .toList();
  }

  /**
   * Makes a user.
   *
   * @throws RuleBroken if the name is taken or the password too weak
   */
  public void create(String actor, NewUser user, char[] password) {
    PasswordRule.require(user.name(), password);
    String hash = hashing.hash(password);
    jdbi.useTransaction(
        handle -> {
          if (!insert(handle, user, hash)) {
            throw new RuleBroken("there is a user '" + user.name() + "' already");
          }
          audit.record(
              handle,
              AuditFact.of(
                  actor,
                  AuditAction.USER_CREATED,
                  user.name(),
                  Map.of("roles", RoleText.of(user.roles()))));
        });
  }

  /** Sets a password and ends every session of its user. */
  public void setPassword(String actor, String name, char[] password) {
    PasswordRule.require(name, password);
    String hash = hashing.hash(password);
    jdbi.useTransaction(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      """
                      update review.security_user set password = :hash, password_changed = :now
                      where name = :name
                      """)
                  .bind("hash", hash)
                  .bind("now", clock.instant())
                  .bind("name", name)
                  .execute();
          requireFound(changed, name);
          Sessions.endAllOf(handle, name);
          audit.record(handle, AuditFact.of(actor, AuditAction.PASSWORD_CHANGED, name));
        });
  }

  /** Lets a user in no more: sessions end now, and API tokens stop working. */
  public void disable(String actor, String name) {
    setEnabled(actor, name, false);
  }

  public void enable(String actor, String name) {
    setEnabled(actor, name, true);
  }

  public void setRoles(String actor, String name, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new RuleBroken("a user has at least one role; disable the user instead");
    }
    jdbi.useTransaction(
        handle -> {
          List<String> before = administrators(handle);
          int changed =
              handle
                  .createUpdate(
                      """
                      update review.security_user set roles = string_to_array(:roles, ',')
                      where name = :name
                      """)
                  .bind("roles", RoleText.of(roles))
                  .bind("name", name)
                  .execute();
          requireFound(changed, name);
          requireAdministratorLeft(handle, before);
          audit.record(
              handle,
              AuditFact.of(
                  actor,
                  AuditAction.USER_ROLES_CHANGED,
                  name,
                  Map.of("roles", RoleText.of(roles))));
        });
  }

  private void setEnabled(String actor, String name, boolean enabled) {
    jdbi.useTransaction(
        handle -> {
          List<String> before = administrators(handle);
          int changed =
              handle
                  .createUpdate(
                      "update review.security_user set enabled = :enabled where name = :name")
                  .bind("enabled", enabled)
                  .bind("name", name)
                  .execute();
          requireFound(changed, name);
          if (!enabled) {
            requireAdministratorLeft(handle, before);
            Sessions.endAllOf(handle, name);
          }
          AuditAction action = enabled ? AuditAction.USER_ENABLED : AuditAction.USER_DISABLED;
          audit.record(handle, AuditFact.of(actor, action, name));
        });
  }

  /** Returns whether the name was free. */
  boolean insert(Handle handle, NewUser user, String hash) {
    return handle
            .createUpdate(
                """
                insert into review.security_user
                  (name, display_name, roles, password, created, password_changed)
                values (:name, :displayName, string_to_array(:roles, ','), :hash, :now, :now)
                on conflict (name) do nothing
                """)
            .bind("name", user.name())
            .bind("displayName", user.displayName())
            .bind("roles", RoleText.of(user.roles()))
            .bind("hash", hash)
            .bind("now", clock.instant())
            .execute()
        == 1;
  }

  private static void requireFound(int changed, String name) {
    if (changed == 0) {
      throw new RuleBroken("there is no user '" + name + "'");
    }
  }

  private static void requireAdministratorLeft(Handle handle, List<String> before) {
    if (!before.isEmpty() && administrators(handle).isEmpty()) {
      throw new RuleBroken("the last administrator stays one; make another one first");
    }
  }

  // Locks them all, so that two administrators cannot disable each other at the same moment.
  private static List<String> administrators(Handle handle) {
    return handle
        .createQuery(
            """
            select name from review.security_user
            where enabled and 'ADMINISTRATOR' = any (roles) order by name for update
            """)
        .mapTo(String.class)
        .list();
  }
}

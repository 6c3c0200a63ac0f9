package org.firstpass.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.security.ApiToken;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.AuditVerification;
import org.firstpass.security.Identity;
import org.firstpass.security.IssuedToken;
import org.firstpass.security.Role;
import org.firstpass.security.Session;
import org.firstpass.security.UserAccount;

/** The security room's answers as JSON objects. */
final class SecurityJson {
  private SecurityJson() {}

  static Map<String, Object> session(Session session) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("token", session.token());
    json.putAll(identity(session.identity()));
    json.put("until", session.until().toString());
    return json;
  }

  static Map<String, Object> identity(Identity identity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("user", identity.subject());
    json.put("displayName", identity.displayName());
    json.put("roles", names(identity.roles()));
    return json;
  }

  static Map<String, Object> user(UserAccount user) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", user.name());
    json.put("displayName", user.displayName());
    json.put("roles", names(user.roles()));
    json.put("enabled", user.enabled());
    json.put("created", user.created().toString());
    json.put("passwordChanged", user.passwordChanged().toString());
    return json;
  }

  static Map<String, Object> token(ApiToken token) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", token.id().toString());
    json.put("user", token.user());
    json.put("name", token.name());
    json.put("roles", names(token.roles()));
    json.put("created", token.created().toString());
    json.put("until", token.until().toString());
    return json;
  }

  static Map<String, Object> issued(IssuedToken issued) {
    Map<String, Object> json = token(issued.token());
    json.put("token", issued.secret());
    return json;
  }

  static Map<String, Object> entry(AuditEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", entry.id());
    json.put("time", entry.time().toString());
    json.put("actor", entry.fact().actor());
    json.put("action", entry.fact().action().name());
    json.put("target", entry.fact().target());
    json.put("details", entry.fact().details());
    return json;
  }

  static Map<String, Object> verification(AuditVerification verification) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("intact", verification.intact());
    json.put("entries", verification.entries());
    verification.firstBroken().ifPresent(entry -> json.put("firstBroken", entry));
    json.put("head", verification.head());
    return json;
  }

  private static List<String> names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::name).toList();
  }
}

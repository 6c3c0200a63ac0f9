package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.firstpass.arrival.CompletenessRule;
import org.firstpass.arrival.GatewayConfig;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.ClientCertificate;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.dicom.TlsListener;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.privacy.PatientPseudonyms;
import org.firstpass.settings.Settings;
import org.firstpass.settings.SettingsInvalid;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/** The settings of a gateway as the records that it takes. */
final class GatewaySettings {
  private static final int MAX_PORT = 65535;
  private static final int MOST = 100_000;

  /** What late instances make. */
  private enum Late {
    PROPOSE,
    KEEP
  }

  private final Settings settings;

  GatewaySettings(Settings settings) {
    this.settings = settings;
  }

  GatewayConfig config(byte[] patientSecret) {
    NetworkFile network = network();
    TlsMaterial tls = tls();
    ScpConfig scp = scp(network, tls);
    return new GatewayConfig(
        scp,
        new CompletenessRule(
            settings.duration(Keys.GATEWAY_QUIET),
            settings.flag(Keys.GATEWAY_ANNOUNCED),
            settings.duration(Keys.GATEWAY_ANNOUNCED_WAIT),
            chosen(Keys.GATEWAY_LATE, Late.values()) == Late.PROPOSE,
            keptProjects()),
        settings.size(Keys.GATEWAY_MIN_FREE).bytes(),
        new PatientPseudonyms(patientSecret),
        named(Keys.DICOM_NETWORK, () -> network.peers(aeTitle(), tls)));
  }

  private NetworkFile network() {
    return text(Keys.DICOM_NETWORK).map(Path::of).map(NetworkFile::read).orElse(NetworkFile.NONE);
  }

  /** Where our neighbours are reached, by their AE title, when we call ourselves so. */
  Map<String, DicomPeer> peers(String ownTitle) {
    return named(Keys.DICOM_NETWORK, () -> network().peers(ownTitle, tls()));
  }

  private Set<ProjectName> keptProjects() {
    return named(
        Keys.GATEWAY_KEPT_PROJECTS,
        () ->
            settings.list(Keys.GATEWAY_KEPT_PROJECTS).stream()
                .map(ProjectName::new)
                .collect(Collectors.toSet()));
  }

  private String aeTitle() {
    return settings.text(Keys.DICOM_AE_TITLE);
  }

  private ScpConfig scp(NetworkFile network, @Nullable TlsMaterial tls) {
    Map<String, ProjectName> projects = named(Keys.DICOM_NETWORK, network::titles);
    projects.putIfAbsent(aeTitle(), ProjectName.DEFAULT);
    List<AccessRule> rules = new ArrayList<>();
    named(
            Keys.DICOM_ALLOWED,
            () -> settings.list(Keys.DICOM_ALLOWED).stream().map(AccessRule::of).toList())
        .forEach(rules::add);
    rules.addAll(named(Keys.DICOM_NETWORK, network::rules));
    return named(
        Keys.DICOM_AE_TITLE,
        () ->
            new ScpConfig(
                projects,
                settings.text(Keys.DICOM_BIND),
                settings.number(Keys.DICOM_PORT, 0, MAX_PORT),
                listener(Keys.DICOM_TLS_PORT, tls),
                new AccessList(rules),
                new ScpLimits(
                    settings.number(Keys.GATEWAY_ASSOCIATIONS, 1, MOST),
                    settings.number(Keys.GATEWAY_INSTANCES, 1, MOST))));
  }

  /**
   * Where the worklist listens, if it names callers: what the network file states of them holds.
   */
  Optional<ProcedureStepScp.Place> worklist() {
    List<AccessRule> stated = named(Keys.DICOM_NETWORK, network()::rules);
    List<AccessRule> rules = new ArrayList<>();
    for (String title : settings.list(Keys.WORKLIST_CALLERS)) {
      List<AccessRule> own =
          stated.stream().filter(rule -> rule.callingAeTitle().equals(title)).toList();
      rules.addAll(
          own.isEmpty() ? named(Keys.WORKLIST_CALLERS, () -> List.of(AccessRule.of(title))) : own);
    }
    return rules.isEmpty() ? Optional.empty() : Optional.of(worklist(new AccessList(rules)));
  }

  private ProcedureStepScp.Place worklist(AccessList callers) {
    return named(
        Keys.WORKLIST_AE_TITLE,
        () ->
            new ProcedureStepScp.Place(
                settings.text(Keys.WORKLIST_AE_TITLE),
                settings.text(Keys.HTTP_BIND),
                settings.number(Keys.WORKLIST_PORT, 0, MAX_PORT),
                listener(Keys.WORKLIST_TLS_PORT, tls()),
                callers));
  }

  private @Nullable TlsListener listener(String portKey, @Nullable TlsMaterial tls) {
    if (text(portKey).isEmpty()) {
      return null;
    }
    if (tls == null || text(Keys.DICOM_TLS_IDENTITY).isEmpty()) {
      throw new SettingsInvalid(
          portKey + " needs " + Keys.DICOM_TLS_IDENTITY + ", which is not set");
    }
    return new TlsListener(
        settings.number(portKey, 0, MAX_PORT),
        tls,
        chosen(Keys.DICOM_TLS_CLIENTS, ClientCertificate.values()));
  }

  /** Keys and trust; null if none are configured. */
  private @Nullable TlsMaterial tls() {
    Path identity = text(Keys.DICOM_TLS_IDENTITY).map(Path::of).orElse(null);
    Path trusted = text(Keys.DICOM_TLS_TRUSTED).map(Path::of).orElse(null);
    if (identity == null && trusted == null) {
      return null;
    }
    Path key = text(Keys.DICOM_TLS_KEY).map(Path::of).orElse(null);
    String password =
        settings.isSet(Keys.DICOM_TLS_PASSWORD) ? settings.text(Keys.DICOM_TLS_PASSWORD) : "";
    var files = new TlsFiles(identity, key, password, trusted);
    return named("dicom.tls", () -> TlsMaterial.load(files));
  }

  private <E extends Enum<E>> E chosen(String key, E[] values) {
    String text = settings.text(key);
    return Arrays.stream(values)
        .filter(value -> told(value).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsInvalid(
                    key
                        + " is one of "
                        + Arrays.stream(values).map(GatewaySettings::told).toList()
                        + ", but is '"
                        + text
                        + "'"));
  }

  private static String told(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Optional<String> text(String key) {
    return Optional.of(settings.text(key)).filter(value -> !value.isBlank());
  }

  private static <T> T named(String key, Supplier<T> value) {
    try {
      return value.get();
    } catch (SettingsInvalid e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new SettingsInvalid(key + ": " + e.getMessage(), e);
    }
  }
}

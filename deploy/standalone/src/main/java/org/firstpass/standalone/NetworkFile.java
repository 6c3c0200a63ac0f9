package org.firstpass.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.HostRange;
import org.firstpass.dicom.tls.CertificateMark;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.event.WrittenJson;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's neighbours, a JSON file: which AE titles it has, who may call them, and where those
 * are reached.
 *
 * @param format {@link #FORMAT}
 * @param projects what series are for that are sent to an AE title, by that title
 * @param callers who may open an association
 */
record NetworkFile(
    int format, @Nullable Map<String, String> projects, @Nullable List<Caller> callers) {
  static final int FORMAT = 1;
  static final NetworkFile NONE = new NetworkFile(FORMAT, null, null);
  private static final ObjectReader READER = WrittenJson.mapper().readerFor(NetworkFile.class);

  NetworkFile {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", but is " + format);
    }
  }

  /**
   * One caller.
   *
   * @param aeTitle its AE title, or * for any
   * @param hosts addresses and ranges it may call from; empty: anywhere
   * @param certificates fingerprints and subjects, of which it must show one; empty: none needed
   * @param calls the AE titles of ours that it may call; empty: all
   * @param associations how many it may have open at once; null: no bound of its own
   * @param address where it listens itself; null: unknown
   */
  record Caller(
      @Nullable String aeTitle,
      @Nullable List<String> hosts,
      @Nullable List<String> certificates,
      @Nullable List<String> calls,
      @Nullable Integer associations,
      @Nullable Address address) {

    String title() {
      if (aeTitle == null) {
        throw new IllegalArgumentException("aeTitle is missing");
      }
      return aeTitle;
    }

    AccessRule rule() {
      return new AccessRule(
          title(),
          parsed("hosts", hosts, HostRange::parse),
          parsed("certificates", certificates, CertificateMark::parse),
          Set.copyOf(parsed("calls", calls, Function.identity())),
          associations == null ? 0 : associations);
    }
  }

  /** Where a neighbour listens. */
  record Address(@Nullable String host, @Nullable Integer port, @Nullable Boolean tls) {}

  /**
   * @throws CommandFailed naming the file and the field that is wrong
   */
  static NetworkFile read(Path file) {
    try {
      NetworkFile read = READER.readValue(Files.readAllBytes(file));
      if (read == null) {
        throw new CommandFailed("dicom.network " + file + ": expected an object, found null");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new CommandFailed("dicom.network " + file + ": " + WrittenJson.complaint(e));
    } catch (IOException e) {
      throw new CommandFailed("dicom.network " + file + " cannot be read");
    }
  }

  /** Our AE titles, and what each is for. */
  Map<String, ProjectName> titles() {
    Map<String, ProjectName> titles = new TreeMap<>();
    if (projects != null) {
      projects.forEach(
          (title, project) ->
              titles.put(title, checked("projects." + title, () -> new ProjectName(project))));
    }
    return titles;
  }

  List<AccessRule> rules() {
    return entries().stream().map(caller -> checked(placeOf(caller), caller::rule)).toList();
  }

  /** Where callers are reached, by their AE title. */
  Map<String, DicomPeer> peers(String ownTitle, @Nullable TlsMaterial tls) {
    Map<String, DicomPeer> peers = new HashMap<>();
    for (Caller caller : entries()) {
      Address address = caller.address();
      if (address != null) {
        peers.put(
            caller.title(),
            checked(placeOf(caller) + ".address", () -> peer(caller, address, ownTitle, tls)));
      }
    }
    return peers;
  }

  private static DicomPeer peer(
      Caller caller, Address address, String ownTitle, @Nullable TlsMaterial tls) {
    if (address.host() == null || address.port() == null) {
      throw new IllegalArgumentException("host and port are needed");
    }
    var peer = new DicomPeer(address.host(), address.port(), caller.title(), ownTitle);
    if (!Boolean.TRUE.equals(address.tls())) {
      return peer;
    }
    if (tls == null) {
      throw new IllegalArgumentException(
          "tls needs dicom.tls-trusted or dicom.tls-identity in the configuration");
    }
    return peer.over(tls);
  }

  private List<Caller> entries() {
    return callers == null ? List.of() : callers;
  }

  private String placeOf(Caller caller) {
    return "callers[" + entries().indexOf(caller) + "]";
  }

  private static <T> List<T> parsed(
      String field, @Nullable List<String> texts, Function<String, T> parse) {
    if (texts == null) {
      return List.of();
    }
    return texts.stream().map(text -> checked(field, () -> parse.apply(text))).toList();
  }

  private static <T> T checked(String place, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }
}

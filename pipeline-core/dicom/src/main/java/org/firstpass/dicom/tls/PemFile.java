package org.firstpass.dicom.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file of certificates and keys.
 *
 * @see "RFC 7468"
 */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private final Path path;
  private final String text;

  private PemFile(Path path, String text) {
    this.path = path;
    this.text = text;
  }

  static PemFile read(Path path) throws IOException {
    return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
  }

  List<X509Certificate> certificates() throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    for (byte[] block : blocks("CERTIFICATE")) {
      found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(path + " holds no PEM certificate");
    }
    return found;
  }

  PrivateKey privateKey() throws GeneralSecurityException {
    List<byte[]> keys = blocks("PRIVATE KEY");
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          path
              + " must hold one 'BEGIN PRIVATE KEY' (PKCS #8, not encrypted; 'openssl pkcs8 -topk8"
              + " -nocrypt' makes one), but holds "
              + keys.size());
    }
    var encoded = new PKCS8EncodedKeySpec(keys.get(0));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // A key of another kind; the next algorithm may know it.
        continue;
      }
    }
    throw new IllegalArgumentException(path + " holds a private key of none of " + ALGORITHMS);
  }

  private List<byte[]> blocks(String label) {
    List<byte[]> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(label)) {
        found.add(Base64.getMimeDecoder().decode(blocks.group(2)));
      }
    }
    return found;
  }
}

package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in PEM (RFC 7468). Its {@link IllegalArgumentException}s name the rule and the file, and repeat
 * nothing of what is in it.
 */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private final Path file;
    private final List<Block> blocks;

    /** What stands between a pair of BEGIN and END lines. */
    private record Block(String label, byte[] bytes) {}

    private PemFile(Path file, List<Block> blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    static PemFile read(Path file) {
        List<Block> blocks = new ArrayList<>();
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(file, ISO_8859_1));
            while (matcher.find()) {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("must be a file that can be read, was " + file + ": " + e, e);
        } catch (IllegalArgumentException notBase64) {
            throw refused("must be PEM, with base64 between BEGIN and END", file);
        }
        return new PemFile(file, blocks);
    }

    /** All certificates, in their order; at least one. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks) {
                if (block.label().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException e) {
            throw refused("must hold X.509 certificates, number " + (certificates.size() + 1) + " is none", file);
        }
        if (certificates.isEmpty()) {
            throw refused("must hold a certificate in PEM (-----BEGIN CERTIFICATE-----)", file);
        }
        return certificates;
    }

    /** The one private key, which must be the certificate's. */
    PrivateKey privateKey(X509Certificate certificate) {
        List<Block> keys = blocks.stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw refused("must hold one private key in PEM (-----BEGIN PRIVATE KEY-----), has " + keys.size(), file);
        }
        String label = keys.get(0).label();
        if (label.startsWith("ENCRYPTED")) {
            throw refused("must not be encrypted", file);
        }
        if (!label.equals("PRIVATE KEY")) {
            throw refused("must be PKCS#8 and not " + label + ": openssl pkcs8 -topk8 -nocrypt converts it", file);
        }
        String signature = SIGNATURES.get(certificate.getPublicKey().getAlgorithm());
        if (signature == null) {
            throw refused(
                    "must be of RSA, EC or EdDSA, the certificate's is "
                            + certificate.getPublicKey().getAlgorithm(),
                    file);
        }
        try {
            PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0).bytes()));
            if (belong(signature, key, certificate.getPublicKey())) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            // Not passed on: what a provider says of a key is not ours to publish.
        }
        throw refused("must be the key of the certificate", file);
    }

    private static boolean belong(String algorithm, PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(certified.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(certified.getEncoded());
        return signature.verify(signed);
    }

    private static IllegalArgumentException refused(String rule, Path file) {
        return new IllegalArgumentException(rule + ", file " + file);
    }
}

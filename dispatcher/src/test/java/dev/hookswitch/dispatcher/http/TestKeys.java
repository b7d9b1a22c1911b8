package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys and certificates of a test, and files of them in a folder of the test's. */
public final class TestKeys {
    private static final String PASSWORD = "not-a-secret";

    private final Path folder;
    private final Map<String, Pair> pairs = new HashMap<>();

    /** A key and its certificate, with those of its issuers behind it. */
    private record Pair(PrivateKey key, List<Certificate> chain) {}

    public TestKeys(Path folder) {
        this.folder = folder;
    }

    /** A certificate authority of that alias. */
    public TestKeys authority(String alias) throws Exception {
        return add(alias, "EC", alias, null, TestCertificate.authorityExtensions());
    }

    /** A certificate for itself, which nobody vouches for. */
    public TestKeys selfSigned(String alias, String name) throws Exception {
        return add(alias, "EC", name, null, TestCertificate.nameExtension(name));
    }

    /** A certificate that an authority signed. */
    public TestKeys signed(String alias, String authority, String algorithm, String name) throws Exception {
        return add(alias, algorithm, name, authority, TestCertificate.nameExtension(name));
    }

    private TestKeys add(String alias, String algorithm, String name, @Nullable String authority, byte[] extensions)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(
                algorithm.equals("EC")
                        ? new ECGenParameterSpec("secp256r1")
                        : new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        KeyPair own = generator.generateKeyPair();
        List<Certificate> chain = new ArrayList<>();
        chain.add(TestCertificate.make(
                name,
                own.getPublic(),
                authority == null ? name : authority,
                authority == null ? own.getPrivate() : pair(authority).key(),
                extensions,
                Instant.now()));
        if (authority != null) {
            chain.addAll(pair(authority).chain());
        }
        pairs.put(alias, new Pair(own.getPrivate(), chain));
        return this;
    }

    private Pair pair(String alias) {
        return Objects.requireNonNull(pairs.get(alias), alias);
    }

    public Certificate certificate(String alias) {
        return pair(alias).chain().get(0);
    }

    /** A file with the alias's certificate, and its issuers' behind it. */
    public Path certificateFile(String alias) throws Exception {
        StringBuilder pem = new StringBuilder("# of " + alias + "\n");
        for (Certificate certificate : pair(alias).chain()) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return file(alias + ".pem", pem.toString());
    }

    public Path keyFile(String alias) throws Exception {
        return file(alias + ".key", pem("PRIVATE KEY", pair(alias).key().getEncoded()));
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, US_ASCII);
    }

    /** A server that shows the alias's certificate and trusts the authorities. */
    public SSLContext server(String alias, String... authorities) throws Exception {
        KeyStore own = empty();
        own.setKeyEntry(
                alias,
                pair(alias).key(),
                PASSWORD.toCharArray(),
                pair(alias).chain().toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD.toCharArray());
        return context(keys.getKeyManagers(), authorities);
    }

    /** A client that trusts these alone. */
    SSLContext trusting(String... aliases) throws Exception {
        return context(null, aliases);
    }

    private SSLContext context(KeyManager @Nullable [] keys, String... trusted) throws Exception {
        KeyStore anchors = empty();
        for (String alias : trusted) {
            anchors.setCertificateEntry(alias, certificate(alias));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted.length == 0 ? null : trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** The server's end of TLS over a plain socket. */
    static SSLSocket secured(SSLContext context, Socket socket) {
        try {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
            tls.setUseClientMode(false);
            return tls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for a client certificate, under these protocols alone. */
    public static Function<Socket, Socket> asking(SSLContext context, String... protocols) {
        return socket -> {
            SSLSocket tls = secured(context, socket);
            tls.setNeedClientAuth(true);
            tls.setEnabledProtocols(Arrays.copyOf(protocols, protocols.length));
            return tls;
        };
    }
}

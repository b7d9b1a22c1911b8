package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys and certificates of a test, made by keytool in a folder of the test's. */
public final class TestKeys {
    private static final String PASSWORD = "not-a-secret";

    private final Path folder;
    private final Path store;

    public TestKeys(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    /** A certificate authority of that alias. */
    public TestKeys authority(String alias) throws Exception {
        generate(alias, "EC", "CN=" + alias, "-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign");
        return this;
    }

    /** A certificate for itself, which nobody vouches for. */
    public TestKeys selfSigned(String alias, String name) throws Exception {
        generate(alias, "EC", "CN=" + name, "-ext", "SAN=dns:" + name);
        return this;
    }

    /** A certificate that an authority signed. */
    public TestKeys signed(String alias, String authority, String algorithm, String name) throws Exception {
        generate(alias, algorithm, "CN=" + name, "-ext", "SAN=dns:" + name, "-signer", authority);
        return this;
    }

    private void generate(String alias, String algorithm, String subject, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", algorithm, "-dname", subject));
        command.addAll(algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
        command.addAll(List.of("-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    public Certificate certificate(String alias) throws Exception {
        return load().getCertificate(alias);
    }

    /** A file with the alias's certificate, and its issuers' behind it. */
    public Path certificateFile(String alias) throws Exception {
        StringBuilder pem = new StringBuilder("# of " + alias + "\n");
        for (Certificate certificate : load().getCertificateChain(alias)) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return file(alias + ".pem", pem.toString());
    }

    public Path keyFile(String alias) throws Exception {
        return file(alias + ".key", pem("PRIVATE KEY", key(alias).getEncoded()));
    }

    private Key key(String alias) throws Exception {
        return load().getKey(alias, PASSWORD.toCharArray());
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
        own.setKeyEntry(alias, key(alias), PASSWORD.toCharArray(), load().getCertificateChain(alias));
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

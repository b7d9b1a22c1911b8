package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.AttemptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NAME = "hooks.example.com";
    private static final String TRUST = "dispatcher.tls.trust";
    private static final String MODE = "dispatcher.tls.trust-mode";
    private static final String CERTIFICATE = "dispatcher.tls.client-certificate";
    private static final String KEY = "dispatcher.tls.client-key";

    @TempDir
    static Path folder;

    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new TestKeys(folder)
                .authority("authority")
                .authority("other")
                .signed("server", "authority", "EC", NAME)
                .signed("client-ec", "authority", "EC", "client.example.com")
                .signed("client-rsa", "authority", "RSA", "client.example.com");
    }

    @Test
    void authoritiesOfTheFileAreTrusted() throws Exception {
        String bundle = bundle("other", "authority");

        assertThat(sendTo("server", read(Map.of(TRUST, bundle)))).isEqualTo(answered(200));
        assertThat(sendTo("server", read(Map.of(TRUST, bundle, MODE, "replace"))))
                .isEqualTo(answered(200));
    }

    @Test
    void othersAreNot() throws Exception {
        assertThat(sendTo("server", read(Map.of()))).isEqualTo(failed(AttemptResult.TLS));
        assertThat(sendTo("server", read(Map.of(TRUST, bundle("other"))))).isEqualTo(failed(AttemptResult.TLS));
    }

    /** Public endpoints stay reachable beside those of an own authority, unless the operator wants it otherwise. */
    @Test
    void fileAddsToTheJvmOrReplacesIt() throws Exception {
        int jvm = TlsSettings.trustManager(List.of(), false).getAcceptedIssuers().length;
        var own = List.of(
                PemFile.read(Path.of(bundle("authority"))).certificates().get(0));

        assertThat(jvm).isGreaterThan(20);
        assertThat(TlsSettings.trustManager(own, false).getAcceptedIssuers())
                .hasSize(jvm + 1)
                .contains(own.get(0));
        assertThat(TlsSettings.trustManager(own, true).getAcceptedIssuers()).containsExactly(own.get(0));
    }

    @ParameterizedTest
    @CsvSource({"client-ec, TLSv1.3", "client-ec, TLSv1.2", "client-rsa, TLSv1.3", "client-rsa, TLSv1.2"})
    void clientCertificateIsShownToWhoAsks(String client, String protocol) throws Exception {
        SSLContext tls = read(Map.of(
                TRUST, bundle("authority"),
                CERTIFICATE, keys.certificateFile(client).toString(),
                KEY, keys.keyFile(client).toString()));

        assertThat(sendToOneThatAsks(protocol, tls)).isEqualTo(answered(200));
    }

    /** The client would keep a connection apart for the identity that it showed. */
    @Test
    void connectionWithAClientCertificateIsUsedAgain() throws Exception {
        SSLContext tls = read(Map.of(
                TRUST, bundle("authority"),
                CERTIFICATE, keys.certificateFile("client-ec").toString(),
                KEY, keys.keyFile("client-ec").toString()));
        SSLContext server = keys.server("server", "authority");
        try (RawServer secure = new RawServer(TlsSettingsTest::answer, TestKeys.asking(server, "TLSv1.3"));
                Client client = new Client(LIMIT, address -> true, tls)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(post(true, NAME, secure.port(), new byte[] {'{', '}'}, Client.DEADLINE)))
                        .isEqualTo(answered(200));
                client.awaitIdle();
            }
            assertThat(secure.accepted()).isEqualTo(1);
        }
    }

    /** Under TLS 1.3 the refusal comes after the request has gone, and the end of the connection may overtake it. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3", "TLSv1.2"})
    void withoutOneAnEndpointThatAsksRefuses(String protocol) throws Exception {
        assertThat(sendToOneThatAsks(protocol, read(Map.of(TRUST, bundle("authority")))))
                .isIn(failed(AttemptResult.TLS), failed(AttemptResult.TRANSPORT));
    }

    @Test
    void halfAClientCertificateIsRefused() throws Exception {
        assertRefused(Map.of(KEY, keys.keyFile("client-ec").toString()), CERTIFICATE + " must be set when " + KEY);
        assertRefused(
                Map.of(CERTIFICATE, keys.certificateFile("client-ec").toString()),
                KEY + " must be set when " + CERTIFICATE);
    }

    @Test
    void replacingNeedsAFile() {
        assertRefused(Map.of(MODE, "replace"), TRUST + " must name a file when " + MODE + " is replace");
        assertRefused(Map.of(MODE, "both"), MODE + " must be one of add, replace");
    }

    @Test
    void wrongCertificateFilesAreNamedWithTheRule() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path empty = keys.file("empty.pem", "nothing here\n");
        Path garbage = keys.file("garbage.pem", TestKeys.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        Path notBase64 = keys.file("letters.pem", "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n");
        Path folded = keys.file(
                "wrong-order.pem",
                Files.readString(Path.of(bundle("authority"))) + Files.readString(keys.certificateFile("client-ec")));

        for (String setting : List.of(TRUST, CERTIFICATE)) {
            assertRefused(with(setting, missing), setting + " must be a file that can be read, was " + missing);
            assertRefused(with(setting, empty), setting + " must hold a certificate in PEM", "file " + empty);
            assertRefused(with(setting, garbage), setting + " must hold X.509 certificates, number 1 is none", "file ");
            assertRefused(with(setting, notBase64), setting + " must be PEM, with base64", "file " + notBase64);
        }
        assertRefused(with(CERTIFICATE, folded), CERTIFICATE + " must hold the client's certificate first");
    }

    @Test
    void wrongKeyFilesAreNamedWithTheRuleAndNothingOfTheKey() throws Exception {
        String good = Files.readString(keys.keyFile("client-ec"));
        String body = good.replaceAll("-----[A-Z ]+-----|\n", "");

        assertKeyRefused("", "must hold one private key in PEM", "has 0");
        assertKeyRefused(good + good, "must hold one private key in PEM", "has 2");
        assertKeyRefused(good.replace("PRIVATE", "ENCRYPTED PRIVATE"), "must not be encrypted");
        assertKeyRefused(good.replace("PRIVATE", "EC PRIVATE"), "must be PKCS#8 and not EC PRIVATE KEY");
        assertKeyRefused(good.replace("PRIVATE", "RSA PRIVATE"), "must be PKCS#8 and not RSA PRIVATE KEY");
        assertKeyRefused(good.replace(body.substring(0, 40), body.substring(4, 44)), "must be the key of the cert");
        assertKeyRefused(Files.readString(keys.keyFile("client-rsa")), "must be the key of the certificate");
        assertKeyRefused(Files.readString(keys.keyFile("server")), "must be the key of the certificate");
    }

    private static void assertKeyRefused(String content, String... said) throws Exception {
        Path file = keys.file("wrong.key", content);
        Map<String, String> values = with(CERTIFICATE, keys.certificateFile("client-ec"));
        values.put(KEY, file.toString());
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(KEY, "file " + file)
                .hasMessageContainingAll(said)
                .hasNoCause()
                .satisfies(e -> assertThat(content.lines().filter(line -> !line.startsWith("-")))
                        .noneMatch(line -> String.valueOf(e.getMessage()).contains(line)));
    }

    private static void assertRefused(Map<String, String> values, String... said) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(said);
    }

    /** That setting, and a good one beside it where it needs one. */
    private static Map<String, String> with(String setting, Path file) throws Exception {
        Map<String, String> values = new HashMap<>(Map.of(setting, file.toString()));
        if (setting.equals(CERTIFICATE)) {
            values.put(KEY, keys.keyFile("client-ec").toString());
        }
        return values;
    }

    private static String bundle(String... aliases) throws Exception {
        StringBuilder pem = new StringBuilder("Some authorities\n================\n");
        for (String alias : aliases) {
            pem.append(TestKeys.pem("CERTIFICATE", keys.certificate(alias).getEncoded()));
        }
        return keys.file("bundle-" + String.join("-", aliases) + ".pem", pem.toString())
                .toString();
    }

    private static SSLContext read(Map<String, String> values) {
        SettingsReader reader = Settings.of(values).reader();
        SSLContext context = TlsSettings.read(reader);
        reader.done();
        return context;
    }

    private static SendResult sendTo(String alias, SSLContext tls) throws Exception {
        SSLContext server = keys.server(alias);
        try (RawServer secure = new RawServer(TlsSettingsTest::answer, socket -> TestKeys.secured(server, socket))) {
            return send(secure, tls);
        }
    }

    private static SendResult sendToOneThatAsks(String protocol, SSLContext tls) throws Exception {
        SSLContext server = keys.server("server", "authority");
        try (RawServer secure = new RawServer(TlsSettingsTest::answer, TestKeys.asking(server, protocol))) {
            return send(secure, tls);
        }
    }

    private static SendResult send(RawServer server, SSLContext tls) {
        try (Client client = new Client(LIMIT, address -> true, tls)) {
            return client.send(post(true, NAME, server.port(), new byte[] {'{', '}'}, Client.DEADLINE));
        }
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        while (true) {
            RawServer.Request unused = peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    }
}

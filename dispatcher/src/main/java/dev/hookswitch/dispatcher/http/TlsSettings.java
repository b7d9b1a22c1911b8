package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom TLS trusts, and as whom it presents itself. The JVM's own key store is never used. */
public final class TlsSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TlsSettings.class);
    private static final String TRUST = "dispatcher.tls.trust";
    private static final String TRUST_MODE = "dispatcher.tls.trust-mode";
    private static final String CERTIFICATE = "dispatcher.tls.client-certificate";
    private static final String KEY = "dispatcher.tls.client-key";

    private TlsSettings() {}

    /**
     * Reads {@code dispatcher.tls.trust}, {@code dispatcher.tls.trust-mode}, {@code dispatcher.tls.client-certificate} and
     * {@code dispatcher.tls.client-key}, and the files that they name. What is wrong is a problem of the reader's.
     */
    public static SSLContext read(SettingsReader reader) {
        boolean replace = reader.choice(TRUST_MODE, List.of("add", "replace")).equals("replace");
        Optional<String> trust = reader.optionalText(TRUST);
        if (replace && trust.isEmpty()) {
            reader.problem(TRUST, "must name a file when " + TRUST_MODE + " is replace");
        }
        List<X509Certificate> authorities = trust.flatMap(file -> read(reader, TRUST, file, PemFile::certificates))
                .orElse(List.of());
        KeyManager @Nullable [] identity = identity(reader);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity, new X509TrustManager[] {trustManager(authorities, replace)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e, e);
        }
    }

    /** Trusts these, and the JVM's unless these replace them. */
    static X509TrustManager trustManager(List<X509Certificate> authorities, boolean replace)
            throws GeneralSecurityException, IOException {
        X509TrustManager jvm = trustManager(null);
        if (authorities.isEmpty()) {
            return jvm;
        }
        KeyStore store = emptyStore();
        Stream<X509Certificate> others = replace ? Stream.empty() : Arrays.stream(jvm.getAcceptedIssuers());
        List<X509Certificate> all = Stream.concat(authorities.stream(), others).toList();
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), all.get(i));
        }
        return trustManager(store);
    }

    private static X509TrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** The client certificate; null for none. */
    private static KeyManager @Nullable [] identity(SettingsReader reader) {
        Optional<String> certificate = reader.optionalText(CERTIFICATE);
        Optional<String> key = reader.optionalText(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            reader.problem(
                    certificate.isPresent() ? KEY : CERTIFICATE,
                    "must be set when " + (certificate.isPresent() ? CERTIFICATE : KEY) + " is");
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        return read(reader, CERTIFICATE, certificate.get(), TlsSettings::chain)
                .flatMap(chain -> read(reader, KEY, key.get(), pem -> keyManagers(chain, pem)))
                .orElse(null);
    }

    private static List<X509Certificate> chain(PemFile pem) {
        List<X509Certificate> chain = pem.certificates();
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new IllegalArgumentException("must hold the client's certificate first and then each issuer's,"
                        + " number " + (i + 1) + " did not issue number " + i);
            }
        }
        Instant end = chain.get(0).getNotAfter().toInstant();
        LOG.info("client certificate subject={} ends={}", chain.get(0).getSubjectX500Principal(), end);
        return chain;
    }

    private static KeyManager[] keyManagers(List<X509Certificate> chain, PemFile pem) {
        char[] password = new char[0];
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("client", pem.privateKey(chain.get(0)), password, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "must be a key that TLS can use: " + e.getClass().getSimpleName());
        }
    }

    private static <T> Optional<T> read(SettingsReader reader, String key, String file, Function<PemFile, T> content) {
        try {
            return Optional.of(content.apply(PemFile.read(Path.of(file))));
        } catch (IllegalArgumentException e) {
            reader.problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}

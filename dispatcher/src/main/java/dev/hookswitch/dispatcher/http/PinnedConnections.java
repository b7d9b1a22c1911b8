package dev.hookswitch.dispatcher.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The client's connection manager, over {@link IdleConnections} instead of its own pools: at thousands of routes those are
 * slow, or never forget one, or fail (docs/adr/0011).
 */
final class PinnedConnections extends PoolingAsyncClientConnectionManager {
    // These never end an attempt: its own deadline comes before.
    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(30);
    private static final Timeout SOCKET_LIMIT = Timeout.ofSeconds(60);
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    PinnedConnections(SSLContext tls, int maxIdle) {
        super(new IdleConnections<>(maxIdle), new Operator(tls));
        setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_LIMIT)
                .setSocketTimeout(SOCKET_LIMIT)
                .setValidateAfterInactivity(VALIDATE_AFTER)
                .build());
        setDefaultTlsConfig(TlsConfig.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                .setHandshakeTimeout(CONNECT_LIMIT)
                .build());
    }

    private static final class Operator extends DefaultAsyncClientConnectionOperator {
        Operator(SSLContext tls) {
            super(
                    RegistryBuilder.<TlsStrategy>create()
                            .register("https", strategy(tls))
                            .build(),
                    DefaultSchemePortResolver.INSTANCE,
                    new NoDns());
        }

        private static TlsStrategy strategy(SSLContext tls) {
            return ClientTlsStrategyBuilder.create()
                    .setSslContext(tls)
                    .setTlsVersions(TLS.V_1_3, TLS.V_1_2)
                    .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
                    .setHostnameVerifier(new DefaultHostnameVerifier())
                    .buildAsync();
        }
    }

    /** A name that reaches the client unpinned is an error, not a look-up. */
    private static final class NoDns implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("not pinned: " + host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException("not pinned: " + host);
        }
    }
}

package dev.hookswitch.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> connects() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), AttemptResult.CONNECT),
                Arguments.of(new NoRouteToHostException("No route to host"), AttemptResult.CONNECT),
                Arguments.of(new SocketException("Network is unreachable"), AttemptResult.CONNECT),
                Arguments.of(new UnknownHostException("not pinned: example.com"), AttemptResult.CONNECT),
                Arguments.of(new SSLHandshakeException("no"), AttemptResult.TLS),
                Arguments.of(new IOException(new SSLHandshakeException("no")), AttemptResult.TLS),
                Arguments.of(new DeniedAddressException(), AttemptResult.EGRESS_DENIED),
                Arguments.of(new IOException(new DeniedAddressException()), AttemptResult.EGRESS_DENIED),
                Arguments.of(new SocketTimeoutException("Connect timeout"), AttemptResult.CONNECT_TIMEOUT),
                // What Linux says when files, or ports towards one address, have run out.
                Arguments.of(new SocketException("Too many open files"), AttemptResult.INTERNAL),
                Arguments.of(new SocketException("Too many open files in system"), AttemptResult.INTERNAL),
                Arguments.of(new BindException("Cannot assign requested address"), AttemptResult.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("connects")
    void whatIsOurOwnIsNotTheEndpoints(Exception cause, AttemptResult result) {
        assertThat(Failures.toConnect(cause)).isEqualTo(result);
    }

    static Stream<Arguments> exchanges() {
        return Stream.of(
                Arguments.of(new ConnectionClosedException(), AttemptResult.TRANSPORT, AttemptResult.TRANSPORT_REUSED),
                Arguments.of(
                        new SocketException("Connection reset"),
                        AttemptResult.TRANSPORT,
                        AttemptResult.TRANSPORT_REUSED),
                Arguments.of(new ProtocolException("what"), AttemptResult.TRANSPORT, AttemptResult.TRANSPORT),
                Arguments.of(new MessageConstraintException("long"), AttemptResult.TRANSPORT, AttemptResult.TRANSPORT),
                Arguments.of(new SSLHandshakeException("late"), AttemptResult.TLS, AttemptResult.TLS));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void brokenConnectionsAreToldFromThoseThatWereOld(Exception cause, AttemptResult fresh, AttemptResult reused) {
        assertThat(Failures.ofExchange(cause, false)).isEqualTo(fresh);
        assertThat(Failures.ofExchange(cause, true)).isEqualTo(reused);
    }
}

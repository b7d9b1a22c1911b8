package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http2.ssl.ApplicationProtocol;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new connection ready for an exchange: to the endpoint, or to the proxy and for https through it. Failures end the
 * exchange.
 */
final class Dialer {
    private final ConnectionInitiator initiator;
    private final Predicate<InetSocketAddress> allowed;
    private final @Nullable EgressProxy proxy;
    private final OwnFaultLog faults = new OwnFaultLog(System::nanoTime);

    /** @param allowed the last check of address and port, when the socket connects */
    Dialer(ConnectionInitiator initiator, Predicate<InetSocketAddress> allowed, @Nullable EgressProxy proxy) {
        this.initiator = initiator;
        this.allowed = allowed;
        this.proxy = proxy;
    }

    /** One connection in the making. */
    private final class Call {
        private final AsyncClientConnectionManager connections;
        private final AsyncConnectionEndpoint leased;
        private final Exchange exchange;
        private final Runnable ready;

        Call(
                AsyncClientConnectionManager connections,
                AsyncConnectionEndpoint leased,
                Exchange exchange,
                Runnable ready) {
            this.connections = connections;
            this.leased = leased;
            this.exchange = exchange;
            this.ready = ready;
        }

        void connect() {
            exchange.atProxy(proxy != null);
            exchange.connecting(connections.connect(
                    leased,
                    new GuardedConnector(initiator, allowed, exchange::opened),
                    null,
                    null,
                    null,
                    step(this::connected)));
        }

        private void connected() {
            if (proxy != null && exchange.post().secure()) {
                tunnel(proxy);
            } else {
                exchange.atProxy(false);
                ready.run();
            }
        }

        private void tunnel(EgressProxy through) {
            Tunnel tunnel = new Tunnel(Requests.connect(exchange.post(), through), new Tunnel.Outcome() {
                @Override
                public void open() {
                    exchange.atProxy(false);
                    attempt(() -> connections.upgrade(leased, null, null, step(Call.this::secured)));
                }

                @Override
                public void refused(HttpResponse response) {
                    Header status = response.getFirstHeader("Proxy-Status");
                    AttemptResult whose =
                            ProxyAnswer.classify(response.getCode(), status == null ? null : status.getValue());
                    if (whose == AttemptResult.INTERNAL) {
                        faults.failed("egress proxy", "answers CONNECT with " + response.getCode());
                    }
                    exchange.refused(whose);
                }

                @Override
                public void failed(Exception cause) {
                    Call.this.failed(cause);
                }
            });
            leased.execute("", tunnel, new HeadCounter(exchange));
        }

        /** What the proxy sent in the clear behind its answer ends with the handler that had read it. */
        private void secured() {
            IOSession socket = exchange.socket();
            if (socket instanceof ProtocolIOSession session) {
                session.switchProtocol(ApplicationProtocol.HTTP_1_1.id, null);
                ready.run();
            } else {
                failed(new IOException("no socket"));
            }
        }

        private <T> FutureCallback<T> step(Runnable next) {
            return new FutureCallback<>() {
                @Override
                public void completed(T result) {
                    attempt(next);
                }

                @Override
                public void failed(Exception cause) {
                    Call.this.failed(cause);
                }

                @Override
                public void cancelled() {
                    Call.this.failed(new IOException("cancelled"));
                }
            };
        }

        private void attempt(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                // Among others when the deadline has just given the connection back.
                failed(e);
            }
        }

        private void failed(Exception cause) {
            if (exchange.isAtProxy()) {
                faults.failed("egress proxy", exchange.abandoned() ? "does not answer in time" : cause.toString());
            } else if (Failures.toConnect(cause) == AttemptResult.INTERNAL) {
                faults.failed("connect", cause.toString());
            }
            exchange.failedToConnect(cause);
        }
    }

    /**
     * Connects.
     *
     * @param ready run when the exchange can go over the connection
     * @throws IOReactorShutdownException when the client is dead
     */
    void dial(
            AsyncClientConnectionManager connections,
            AsyncConnectionEndpoint leased,
            Exchange exchange,
            Runnable ready) {
        Call call = new Call(connections, leased, exchange, ready);
        try {
            call.connect();
        } catch (IOReactorShutdownException e) {
            throw e;
        } catch (RuntimeException e) {
            call.failed(e);
        }
    }
}

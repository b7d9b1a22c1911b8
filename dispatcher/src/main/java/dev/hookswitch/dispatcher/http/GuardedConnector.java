package dev.hookswitch.dispatcher.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The last gate: looks at the address when the socket is about to connect, and again once it is connected. */
final class GuardedConnector implements ConnectionInitiator {
    private final ConnectionInitiator delegate;
    private final Predicate<InetSocketAddress> allowed;
    private final Consumer<IOSession> opened;

    /** @param opened told of every socket that passed, before anything is sent over it */
    GuardedConnector(ConnectionInitiator delegate, Predicate<InetSocketAddress> allowed, Consumer<IOSession> opened) {
        this.delegate = delegate;
        this.allowed = allowed;
        this.opened = opened;
    }

    @Override
    public Future<IOSession> connect(
            NamedEndpoint endpoint,
            SocketAddress remote,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<IOSession> callback) {
        if (!mayCall(remote)) {
            BasicFuture<IOSession> refused = new BasicFuture<>(callback);
            refused.failed(new DeniedAddressException());
            return refused;
        }
        return delegate.connect(endpoint, remote, local, timeout, attachment, new FutureCallback<>() {
            @Override
            public void completed(IOSession session) {
                if (mayCall(session.getRemoteAddress())) {
                    opened.accept(session);
                    callback.completed(session);
                } else {
                    session.close(CloseMode.IMMEDIATE);
                    callback.failed(new DeniedAddressException());
                }
            }

            @Override
            public void failed(Exception cause) {
                callback.failed(cause);
            }

            @Override
            public void cancelled() {
                callback.cancelled();
            }
        });
    }

    private boolean mayCall(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null && allowed.test(inet);
    }
}

package dev.hookswitch.dispatcher.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One CONNECT on its way. Says once what became of it. */
final class Tunnel implements AsyncClientExchangeHandler {
    private final HttpRequest connect;
    private final Outcome outcome;
    private final AtomicBoolean told = new AtomicBoolean();

    /** What can become of it. */
    interface Outcome {
        /** What is sent from now on reaches the endpoint. */
        void open();

        /** The proxy answered otherwise. */
        void refused(HttpResponse response);

        void failed(Exception cause);
    }

    Tunnel(HttpRequest connect, Outcome outcome) {
        this.connect = connect;
        this.outcome = outcome;
    }

    private boolean first() {
        return told.compareAndSet(false, true);
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        channel.sendRequest(connect, null, context);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void produce(DataStreamChannel channel) {}

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) throws HttpException {
        if (response.getCode() == 101) {
            throw new ProtocolException("unexpected informational response " + response.getCode());
        }
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
        if (!first()) {
            return;
        }
        // Any 2xx opens the tunnel, and has no body; the client knows that of 200.
        if (response.getCode() / 100 == 2 && entity == null) {
            outcome.open();
        } else {
            outcome.refused(response);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) {}

    @Override
    public void consume(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {}

    @Override
    public void failed(Exception cause) {
        if (first()) {
            outcome.failed(cause);
        }
    }

    @Override
    public void cancel() {
        failed(new IOException("tunnel cancelled"));
    }

    @Override
    public void releaseResources() {
        failed(new IOException("tunnel given up"));
    }
}

package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * One POST on its way: from the wait for a connection to the end of the response. The result is decided at the status
 * line; the body is read up to a small cap only so that the connection can be kept.
 */
final class Exchange implements AsyncClientExchangeHandler, DeadlineTimer.Expirable {
    private static final int MAX_DRAINED_BYTES = 64 * 1024;

    private final HttpPost post;
    private final Consumer<SendResult> whenDone;
    private final AsyncClientConnectionManager connections;
    private final DeadlineTimer deadlines;
    private final Duration maxKeepAlive;
    /** The proxy, when it reads the request. */
    private final @Nullable EgressProxy inTheClear;

    private final ByteBuffer unsent;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile @Nullable AsyncConnectionEndpoint connection;
    private volatile @Nullable Future<AsyncConnectionEndpoint> connecting;
    private volatile @Nullable IOSession socket;
    private volatile boolean atProxy;
    private volatile boolean expired;
    private volatile boolean executing;
    private volatile boolean reused;
    private volatile long deadline;
    private boolean requestSent;
    private int drained;
    private TimeValue keepAlive;

    Exchange(
            HttpPost post,
            Consumer<SendResult> whenDone,
            AsyncClientConnectionManager connections,
            DeadlineTimer deadlines,
            Duration maxKeepAlive,
            @Nullable EgressProxy proxy) {
        this.post = post;
        this.whenDone = whenDone;
        this.connections = connections;
        this.deadlines = deadlines;
        this.maxKeepAlive = maxKeepAlive;
        this.inTheClear = post.secure() ? null : proxy;
        this.unsent = ByteBuffer.wrap(post.body());
        this.keepAlive = TimeValue.of(maxKeepAlive);
    }

    /** Sets the deadline: before anything else. */
    void begin() {
        deadline = deadlines.add(post.deadline(), this);
    }

    /** Takes the connection; false when the deadline has passed meanwhile and it was given back. */
    boolean attach(AsyncConnectionEndpoint leased) {
        reused = leased.isConnected();
        connection = leased;
        if (expired) {
            release(false);
            return false;
        }
        return true;
    }

    /** Whether the connection was there before, so that its other end may have gone. */
    boolean reused() {
        return reused;
    }

    /** Remembers the connect in progress, so that the deadline can end it. */
    void connecting(Future<AsyncConnectionEndpoint> future) {
        connecting = future;
        if (expired) {
            future.cancel(true);
        }
    }

    /**
     * Remembers the new socket. Until the connection stands, TLS included, the pool does not know it and would not close
     * it.
     */
    void opened(IOSession session) {
        socket = session;
        if (released.get()) {
            session.close(CloseMode.IMMEDIATE);
        }
    }

    @Nullable IOSession socket() {
        return socket;
    }

    HttpPost post() {
        return post;
    }

    /** Whether it is still on its way to the endpoint, at the proxy: what fails there is our own side's failure. */
    void atProxy(boolean is) {
        atProxy = is;
    }

    boolean isAtProxy() {
        return atProxy;
    }

    boolean abandoned() {
        return expired;
    }

    void executing() {
        executing = true;
    }

    @Override
    public void expire() {
        expired = true;
        fail(late());
        Future<AsyncConnectionEndpoint> connect = connecting;
        if (connect != null) {
            connect.cancel(true);
        }
        release(false);
    }

    /** What the deadline ends, or one of the client's own limits. */
    private AttemptResult late() {
        if (executing || reused) {
            return AttemptResult.TIMEOUT;
        }
        if (socket == null) {
            return AttemptResult.CONNECT_TIMEOUT;
        }
        return post.secure() ? AttemptResult.TLS_TIMEOUT : AttemptResult.TIMEOUT;
    }

    /** What ended a connection that had not become ready: once the socket stood, only TLS was missing. */
    private AttemptResult broken() {
        if (socket == null) {
            return AttemptResult.CONNECT;
        }
        return post.secure() ? AttemptResult.TLS : AttemptResult.TRANSPORT;
    }

    // ---- failures outside the exchange

    void failedToConnect(Exception cause) {
        AttemptResult reason = Failures.toConnect(cause);
        fail(
                switch (reason) {
                    case CONNECT_TIMEOUT -> late();
                    case CONNECT -> broken();
                    default -> reason;
                });
        release(false);
    }

    void refused(AttemptResult reason) {
        decide(new SendResult.Failed(reason));
        release(false);
    }

    private void fail(AttemptResult reason) {
        decide(new SendResult.Failed(atProxy ? AttemptResult.INTERNAL : reason));
    }

    private void decide(SendResult result) {
        if (decided.compareAndSet(false, true)) {
            whenDone.accept(result);
            removeDeadline();
        }
    }

    private void release(boolean reusable) {
        AsyncConnectionEndpoint held = connection;
        if (held == null || !released.compareAndSet(false, true)) {
            return;
        }
        if (!reusable) {
            held.close(CloseMode.IMMEDIATE);
            IOSession opened = socket;
            if (opened != null) {
                opened.close(CloseMode.IMMEDIATE);
            }
        }
        connections.release(held, null, reusable ? keepAlive : TimeValue.ZERO_MILLISECONDS);
        removeDeadline();
    }

    /** Once there is nothing left to end: a body that drips on after the result still has the deadline. */
    private void removeDeadline() {
        if (decided.get() && (released.get() || connection == null)) {
            deadlines.remove(deadline, this);
        }
    }

    // ---- the request

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        channel.sendRequest(Requests.post(post, inTheClear), new BasicEntityDetails(post.body().length, null), context);
    }

    @Override
    public int available() {
        return unsent.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            requestSent = true;
            channel.endStream();
        }
    }

    // ---- the response

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) throws HttpException {
        if (response.getCode() == 101) {
            throw new ProtocolException("unexpected informational response " + response.getCode());
        }
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
        keepAlive = KeepAlive.of(value(response, "Keep-Alive"), maxKeepAlive);
        if (response.getCode() == 407 && inTheClear != null) {
            decide(new SendResult.Failed(AttemptResult.INTERNAL));
        }
        decide(new SendResult.Answered(response.getCode(), value(response, "Retry-After")));
        if (entity == null) {
            release(reusable());
        }
    }

    private static @Nullable String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** To the pool a time of zero means for ever. */
    private boolean reusable() {
        return requestSent && TimeValue.isPositive(keepAlive);
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        drained += bytes.remaining();
        bytes.position(bytes.limit());
        if (drained > MAX_DRAINED_BYTES) {
            release(false);
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        release(reusable());
    }

    @Override
    public void failed(Exception cause) {
        fail(Failures.ofExchange(cause, reused));
        release(false);
    }

    @Override
    public void cancel() {
        failed(new IOException("exchange cancelled"));
    }

    @Override
    public void releaseResources() {
        if (executing) {
            decide(new SendResult.Failed(AttemptResult.TRANSPORT));
            release(false);
        }
    }
}

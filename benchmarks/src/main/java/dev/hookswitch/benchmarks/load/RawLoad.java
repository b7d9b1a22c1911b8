package dev.hookswitch.benchmarks.load;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.dispatcher.http.HttpPost;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.SendResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the HTTP client can do when nothing but signing is asked of it: a fixed number of POSTs in flight, each followed
 * by the next on the thread that saw its end, so that no thread ever waits for another.
 */
final class RawLoad {
    private static final int MAX_FAILURES = 100;

    private final HttpSender sender;
    private final Targets targets;
    private final Bodies bodies;
    private final Duration deadline;
    private final int inFlight;
    private final Tally tally;
    private final InetAddress[] hosts;
    private final ThreadLocal<SignedHeaders> headers;
    private final AtomicLong started = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile CountDownLatch idle = new CountDownLatch(1);
    private volatile boolean resting;
    private volatile long limit;

    /** @param limit how many POSTs at the most */
    RawLoad(
            HttpSender sender,
            Targets targets,
            Bodies bodies,
            Secret secret,
            Duration deadline,
            int inFlight,
            long limit,
            Tally tally) {
        this.sender = sender;
        this.targets = targets;
        this.bodies = bodies;
        this.deadline = deadline;
        this.inFlight = inFlight;
        this.limit = limit;
        this.tally = tally;
        this.hosts = new InetAddress[targets.count()];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = targets.host(i);
        }
        this.headers = ThreadLocal.withInitial(() -> new SignedHeaders(secret));
    }

    void start() {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
    }

    private void next() {
        long number = started.getAndIncrement();
        if (number >= limit || resting || tally.failed() > MAX_FAILURES) {
            if (ended.incrementAndGet() == inFlight) {
                idle.countDown();
            }
            return;
        }
        long startNanos = System.nanoTime();
        sender.send(post(number), result -> done(startNanos, result));
    }

    private void done(long startNanos, SendResult result) {
        boolean success = result instanceof SendResult.Answered answered && answered.status() == 200;
        // A kept connection that the receiver has closed is no failure of the client.
        boolean stale = result instanceof SendResult.Failed failed && failed.reason() == AttemptResult.TRANSPORT_REUSED;
        if (!stale) {
            tally.add(success, System.nanoTime() - startNanos);
        }
        next();
    }

    private HttpPost post(long number) {
        int endpoint = (int) (number % targets.count());
        byte[] body = bodies.get(number);
        String id = "msg_01JBENCH" + (1_000_000_000_000_000_000L + number);
        return new HttpPost(
                false,
                hosts[endpoint].getHostAddress(),
                targets.port(endpoint),
                Targets.PATH,
                hosts[endpoint],
                headers.get().of(id, body),
                body,
                deadline);
    }

    /** Starts nothing more and waits for what is in flight; tells whether nothing is any more. */
    boolean rest(Duration wait) throws InterruptedException {
        resting = true;
        return idle.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Goes on after a rest at whose end nothing was in flight. */
    void goOn() {
        idle = new CountDownLatch(1);
        ended.set(0);
        resting = false;
        start();
    }
}

package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.signing.SignatureScheme;
import dev.hookswitch.common.signing.Signer;
import dev.hookswitch.dispatcher.directory.Target;
import dev.hookswitch.dispatcher.egress.AddressBook;
import dev.hookswitch.dispatcher.egress.Resolution;
import dev.hookswitch.dispatcher.http.HttpPost;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.SendResult;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one attempt: find the address, check it, sign, send under what is left of the deadline. */
final class AttemptPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptPipeline.class);
    private static final Duration LEAST_TIME_TO_SEND = Duration.ofMillis(1);

    private final AddressBook addresses;
    private final HttpSender sender;
    private final Signer signer = new Signer();
    private final String userAgent;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<LaneEvent> events;

    /** @param events takes what happens next; called from any thread */
    AttemptPipeline(
            AddressBook addresses,
            HttpSender sender,
            String userAgent,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<LaneEvent> events) {
        this.addresses = addresses;
        this.sender = sender;
        this.userAgent = userAgent;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.events = events;
    }

    /** Begins an attempt; its deadline runs from now. */
    void start(Work work) {
        work.started(nanoTime.getAsLong(), clock.millis());
        CompletableFuture<Resolution> resolving =
                addresses.resolve(work.target().url(), work.target().profile().attemptDeadline());
        Resolution known = resolving.getNow(null);
        if (known != null) {
            send(work, known);
            return;
        }
        var unused =
                resolving.whenComplete((found, failure) -> events.accept(new LaneEvent.Resolved(work, orBusy(found))));
    }

    private static Resolution orBusy(@Nullable Resolution found) {
        return found == null ? new Resolution.Busy() : found;
    }

    /** Goes on once the addresses are known. */
    void send(Work work, Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            send(work, resolved.forAttempt(work.delivery().attempt()));
        } else if (resolution instanceof Resolution.Denied) {
            failed(work, AttemptResult.EGRESS_DENIED);
        } else if (resolution instanceof Resolution.NotFound) {
            failed(work, AttemptResult.DNS);
        } else if (resolution instanceof Resolution.NotInTime) {
            failed(work, AttemptResult.DNS_TIMEOUT);
        } else {
            failed(work, AttemptResult.INTERNAL);
        }
    }

    private void send(Work work, InetAddress address) {
        HttpPost post;
        try {
            post = post(work, address);
        } catch (RuntimeException e) {
            // One delivery that cannot be made ready must not end the lane.
            LOG.error("cannot sign delivery={}", work.delivery().id(), e);
            failed(work, AttemptResult.INTERNAL);
            return;
        }
        sender.send(post, result -> events.accept(new LaneEvent.Sent(work, result, nanoTime.getAsLong())));
    }

    private void failed(Work work, AttemptResult reason) {
        events.accept(new LaneEvent.Sent(work, new SendResult.Failed(reason), nanoTime.getAsLong()));
    }

    private HttpPost post(Work work, InetAddress address) {
        Target target = work.target();
        Duration left = target.profile().attemptDeadline().minusNanos(nanoTime.getAsLong() - work.startedAtNanos());
        return new HttpPost(
                target.url().https(),
                target.url().host(),
                target.url().port(),
                target.url().pathAndQuery(),
                address,
                headers(work),
                work.body(),
                left.compareTo(LEAST_TIME_TO_SEND) > 0 ? left : LEAST_TIME_TO_SEND);
    }

    private List<HttpPost.Field> headers(Work work) {
        String id = work.delivery().id();
        long unixSeconds = clock.millis() / 1000;
        List<Secret> secrets = work.target().secrets();
        List<HttpPost.Field> headers = new ArrayList<>(6);
        headers.add(new HttpPost.Field("Content-Type", "application/json"));
        headers.add(new HttpPost.Field("User-Agent", userAgent));
        SignatureScheme own = work.target().profile().signature();
        if (own != null) {
            headers.add(new HttpPost.Field(own.header(), signer.header(own, secrets, id, unixSeconds, work.body())));
        }
        SignatureScheme standard = SignatureScheme.STANDARD_WEBHOOKS;
        headers.add(new HttpPost.Field("webhook-id", id));
        headers.add(new HttpPost.Field("webhook-timestamp", Long.toString(unixSeconds)));
        headers.add(
                new HttpPost.Field(standard.header(), signer.header(standard, secrets, id, unixSeconds, work.body())));
        if (work.delivery().test()) {
            headers.add(new HttpPost.Field("webhook-test", "true"));
        }
        return headers;
    }
}

package dev.hookswitch.ingest;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.access.Admission;
import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.model.Scope;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: routes, who may, and errors as JSON. */
final class IngestServer implements AutoCloseable {
    static final String EVENTS_PATH = "/v1/events";

    private static final Logger LOG = LoggerFactory.getLogger(IngestServer.class);
    private static final String REQUEST_ID = "request-id";
    private static final String ANSWER = "answer";
    private static final String KEY_ID = "key-id";
    private static final String CALLER = "caller";
    private static final int REQUEST_ID_BYTES = 12;
    private static final int TOO_MANY = 429;
    /** Left to turn requests away while all that may wait do wait, and for the server's own work. */
    private static final int SPARE_THREADS = 32;

    /** Jetty leaves connections without a request open for a second of the stop; one more so as not to race with that. */
    private static final Duration IDLE_AT_STOP = Duration.ofSeconds(2);

    private final AccessGate gate;
    private final EventIntake intake;
    private final IngestMetrics metrics;
    private final SecureRandom random = new SecureRandom();
    private final Javalin javalin;

    private IngestServer(IngestSettings settings, AccessGate gate, EventIntake intake, IngestMetrics metrics) {
        this.gate = gate;
        this.intake = intake;
        this.metrics = metrics;
        this.javalin = Javalin.create(config -> {
            server(config, settings);
            routes(config);
        });
    }

    /** @throws IllegalStateException when the port cannot be used */
    static IngestServer start(IngestSettings settings, AccessGate gate, EventIntake intake, IngestMetrics metrics) {
        IngestServer server = new IngestServer(settings, gate, intake, metrics);
        try {
            server.javalin.start(settings.host(), settings.port());
        } catch (JavalinException e) {
            throw new IllegalStateException(
                    "ingest.host and ingest.port " + settings.host() + ":" + settings.port() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
        return server;
    }

    int port() {
        return javalin.port();
    }

    /** Takes no more connections, and waits for the requests under way. */
    @Override
    public void close() {
        javalin.stop();
    }

    private static void server(JavalinConfig config, IngestSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.jetty.threadPool = new QueuedThreadPool(settings.limits().maxWaiting() + SPARE_THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
            http.setIdleTimeout(settings.bodies().timeout().toMillis());
        });
        config.jetty.modifyServer(jetty -> {
            jetty.addBean(new NetworkConnectionLimit(settings.maxConnections(), jetty));
            jetty.setHandler(new GracefulHandler());
            jetty.setStopTimeout(settings.limits().total().plus(IDLE_AT_STOP).toMillis());
        });
    }

    private void routes(JavalinConfig config) {
        config.routes.before(this::admit);
        config.routes.post(EVENTS_PATH, this::event);
        config.routes.exception(HttpResponseException.class, (e, context) -> answer(context, unroutable(e)));
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.error("request {} failed", requestId(context), e);
            answer(context, Answer.refused(500, "internal_error", "the request could not be handled"));
        });
        config.requestLogger.http(this::answered);
    }

    /** Gives the request its id and turns it away when its key does not allow it to publish. */
    private void admit(Context context) {
        context.attribute(REQUEST_ID, newRequestId());
        context.header("X-Request-Id", requestId(context));
        Admission admission =
                gate.admit(context.header("Authorization"), context.req().getRemoteAddr(), Scope.EVENTS_WRITE);
        admission.headers().forEach(context::header);
        context.attribute(KEY_ID, admission.keyId());
        if (admission instanceof Admission.Refused refused) {
            answer(context, Answer.refused(refused.why(), refused.details()));
            context.skipRemainingHandlers();
        } else {
            context.attribute(CALLER, ((Admission.Admitted) admission).caller());
        }
    }

    private void event(Context context) {
        if (!JsonRequests.isJson(context.contentType(), context.header("Content-Encoding"))) {
            answer(
                    context,
                    Answer.refused(
                            415,
                            "unsupported_media_type",
                            "Content-Type must be application/json in UTF-8, without Content-Encoding"));
            return;
        }
        Caller caller = Objects.requireNonNull(context.attribute(CALLER), "admitted before");
        try {
            answer(context, intake.take(context.bodyInputStream(), context.req().getContentLengthLong(), caller));
        } catch (IOException e) {
            // Here, because Javalin answers a time-out that it sees by itself.
            broken(context, e);
        }
    }

    private static Answer unroutable(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> Answer.refused(404, "not_found", "there is only POST " + EVENTS_PATH);
            case 405 ->
                new Answer.Refused(
                        405,
                        "method_not_allowed",
                        "there is only POST " + EVENTS_PATH,
                        Map.of(),
                        List.of(),
                        Map.of("Allow", "POST"));
            default -> Answer.refused(e.getStatus(), "bad_request", "the request could not be handled");
        };
    }

    /** What is left of the body is not waited for: the connection is closed. */
    private static void broken(Context context, IOException e) {
        context.header("Connection", "close");
        boolean late = e instanceof BodyReader.TooSlow || e.getCause() instanceof TimeoutException;
        answer(
                context,
                late
                        ? Answer.refused(408, "body_too_slow", "the body must come within ingest.body-timeout")
                        : Answer.refused(400, "body_incomplete", "the body could not be read"));
    }

    private static void answer(Context context, Answer answer) {
        context.attribute(ANSWER, answer);
        context.status(answer.status());
        context.contentType("application/json");
        if (answer instanceof Answer.Refused refused) {
            refused.headers().forEach(context::header);
        }
        context.result(AnswerJson.write(answer, requestId(context)));
    }

    /**
     * One line for what was not taken, unless it came too often: that is counted. The message is left out: it may quote what
     * was sent.
     */
    private void answered(Context context, float millis) {
        Answer answer = context.attribute(ANSWER);
        if (answer == null) {
            return;
        }
        metrics.answered(answer);
        if (answer instanceof Answer.Refused refused && refused.status() != TOO_MANY) {
            LOG.info(
                    "request refused request_id={} key_id={} status={} code={} details={} ms={}",
                    requestId(context),
                    Objects.requireNonNullElse(context.attribute(KEY_ID), "none"),
                    refused.status(),
                    refused.code(),
                    refused.details(),
                    Math.round(millis));
        }
    }

    private static String requestId(Context context) {
        return Objects.requireNonNullElse(context.attribute(REQUEST_ID), "none");
    }

    private String newRequestId() {
        byte[] bytes = new byte[REQUEST_ID_BYTES];
        random.nextBytes(bytes);
        return "req_" + HexFormat.of().formatHex(bytes);
    }
}

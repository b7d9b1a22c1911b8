package dev.hookswitch.console.api;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.access.Admission;
import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.model.Scope;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: finds the route, asks who may, reads the body, answers. */
final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final String REQUEST_ID = "request-id";
    private static final String KEY_ID = "key-id";
    private static final String ANSWER = "answer";
    private static final int MAX_BODY_BYTES = 65_536;
    /** Read and dropped after a body that is too large, so that its sender gets to see the answer. */
    private static final long DROPPED_BYTES = 1_048_576;

    private static final int THREADS = 64;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Routes routes;
    private final AccessGate gate;
    private final ApiMetrics metrics;
    private final RequestIds ids;
    private final Javalin javalin;

    private ApiServer(Routes routes, AccessGate gate, ApiMetrics metrics, SecureRandom random) {
        this.routes = routes;
        this.gate = gate;
        this.metrics = metrics;
        this.ids = new RequestIds(random);
        this.javalin = Javalin.create(this::configure);
    }

    /** @throws IllegalStateException when the port cannot be used */
    static ApiServer start(
            ApiSettings settings, Routes routes, AccessGate gate, ApiMetrics metrics, SecureRandom random) {
        ApiServer server = new ApiServer(routes, gate, metrics, random);
        try {
            server.javalin.start(settings.host(), settings.port());
        } catch (JavalinException e) {
            throw new IllegalStateException(
                    "console.host and console.port " + settings.host() + ":" + settings.port() + " cannot be used: "
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

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
        });
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new GracefulHandler());
            jetty.setStopTimeout(STOP_LIMIT.toMillis());
            jetty.setErrorHandler(new WireErrors(ids));
        });
        config.jetty.modifyServletContextHandler(servlets -> servlets.setErrorHandler(new WireErrors(ids)));
        // Every request is routed here, so that no framework answers in a shape of its own.
        config.routes.before(context -> {
            serve(context);
            context.skipRemainingHandlers();
        });
        config.requestLogger.http(this::answered);
    }

    private void serve(Context context) {
        String requestId = ids.next();
        context.attribute(REQUEST_ID, requestId);
        Answer answer;
        try {
            answer = answer(context, requestId);
        } catch (IOException e) {
            answer = new ApiError(400, "body_incomplete", "the body could not be read").answer(requestId);
        } catch (RuntimeException e) {
            answer = failed(e, requestId);
        } catch (Error e) {
            LOG.error("request {} failed", requestId, e);
            answer = internal().answer(requestId);
        }
        send(context, requestId, answer);
    }

    private Answer answer(Context context, String requestId) throws IOException {
        Routes.Found found = routes.find(context.method().name(), context.path());
        Optional<Scope> scope = found.route().scope();
        Caller caller = scope.isPresent() ? admitted(context, scope.get()) : null;
        return found.route().handler().answer(call(context, requestId, found, caller));
    }

    /** @throws ApiError when the key does not allow it */
    private Caller admitted(Context context, Scope scope) {
        Admission admission =
                gate.admit(context.header("Authorization"), context.req().getRemoteAddr(), scope);
        admission.headers().forEach(context::header);
        context.attribute(KEY_ID, admission.keyId());
        if (admission instanceof Admission.Refused refused) {
            Refusal why = refused.why();
            throw new ApiError(why.status(), why.code(), why.message(), Map.copyOf(refused.details()), Map.of());
        }
        return ((Admission.Admitted) admission).caller();
    }

    private static Call call(Context context, String requestId, Routes.Found found, @Nullable Caller caller)
            throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : new String[] {Call.IF_MATCH, Call.IDEMPOTENCY_KEY}) {
            String value = context.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Call(
                caller,
                requestId,
                context.method().name(),
                context.path(),
                found.path(),
                context.queryParamMap(),
                headers,
                body(context));
    }

    private static byte[] body(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            long unused = context.bodyInputStream().skip(DROPPED_BYTES);
            throw new ApiError(413, "body_too_large", "the body must have at most " + MAX_BODY_BYTES + " bytes");
        }
        if (body.length > 0 && !JsonRequests.isJson(context.contentType(), context.header("Content-Encoding"))) {
            throw new ApiError(
                    415,
                    "unsupported_media_type",
                    "Content-Type must be application/json in UTF-8, without Content-Encoding");
        }
        return body;
    }

    private static Answer failed(RuntimeException e, String requestId) {
        ApiError error = Problems.of(e).orElseGet(ApiServer::internal);
        if (!(e instanceof ApiError) && error.status() >= INTERNAL) {
            LOG.error("request {} failed", requestId, e);
        }
        return error.answer(requestId);
    }

    private static ApiError internal() {
        return new ApiError(INTERNAL, "internal_error", "the request could not be handled");
    }

    private static void send(Context context, String requestId, Answer answer) {
        context.attribute(ANSWER, answer);
        context.status(answer.status());
        context.contentType("application/json");
        context.header("X-Request-Id", requestId);
        // Secrets are in answers.
        context.header("Cache-Control", "no-store");
        answer.headers().forEach(context::header);
        context.result(answer.json());
    }

    /**
     * One line for each request that changes something or was refused, but not for what anybody can send as often as he likes:
     * too many requests, and paths that are none without a key.
     */
    private void answered(Context context, float millis) {
        Answer answer = context.attribute(ANSWER);
        if (answer == null) {
            return;
        }
        metrics.answered(answer);
        boolean read = answer.status() < 400 && context.method().name().equals("GET");
        boolean nobody = context.attribute(KEY_ID) == null && answer.status() != UNAUTHORIZED;
        if (!read && !nobody && answer.status() != TOO_MANY) {
            LOG.info(
                    "request answered request_id={} key_id={} verb={} status={} code={} ms={}",
                    Objects.requireNonNullElse(context.attribute(REQUEST_ID), "none"),
                    Objects.requireNonNullElse(context.attribute(KEY_ID), "none"),
                    context.method().name(),
                    answer.status(),
                    answer.code(),
                    Math.round(millis));
        }
    }
}

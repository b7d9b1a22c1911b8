package dev.hookswitch.console.api;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before it comes to a route, such as a path that is none, in the shape of every error. */
final class WireErrors implements Request.Handler {
    private static final int INTERNAL = 500;
    private static final int BAD_REQUEST = 400;

    private final RequestIds ids;

    WireErrors(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code ? code : BAD_REQUEST;
        String id = ids.next();
        ApiError error = status >= INTERNAL
                ? new ApiError(status, "internal_error", "the request could not be handled")
                : new ApiError(
                        status,
                        "bad_request",
                        "the request is no HTTP, or its path, head or size is none that is taken");
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put("X-Request-Id", id);
        response.write(true, ByteBuffer.wrap(error.answer(id).json()), callback);
        return true;
    }
}

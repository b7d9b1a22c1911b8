package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose failure it is when a proxy refuses a tunnel. A proxy may say so (Proxy-Status, RFC 9209); without that it is our own
 * side's, for 502, 503 and 504 mean a proxy in trouble as well as an endpoint that cannot be reached. Pure.
 */
final class ProxyAnswer {
    private static final Pattern ERROR = Pattern.compile(";\\s*error=([a-z_]+)");

    private ProxyAnswer() {}

    /** What a final status that opens no tunnel means. */
    static AttemptResult classify(int status, @Nullable String proxyStatus) {
        Matcher error = ERROR.matcher(proxyStatus == null ? "" : proxyStatus);
        return switch (error.find() ? error.group(1) : "") {
            case "dns_error" -> AttemptResult.DNS;
            case "dns_timeout" -> AttemptResult.DNS_TIMEOUT;
            case "destination_not_found",
                    "destination_unavailable",
                    "destination_ip_unroutable",
                    "connection_refused",
                    "connection_terminated" -> AttemptResult.CONNECT;
            case "connection_timeout" -> AttemptResult.CONNECT_TIMEOUT;
            case "destination_ip_prohibited" -> AttemptResult.EGRESS_DENIED;
            default -> status == 403 ? AttemptResult.EGRESS_DENIED : AttemptResult.INTERNAL;
        };
    }
}

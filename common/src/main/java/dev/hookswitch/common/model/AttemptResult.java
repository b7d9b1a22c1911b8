package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * How one attempt ended: a closed set. Analysts rely on the wire names: one is never renamed, and none is given another
 * meaning except that a new, narrower one may be taken out of it.
 */
public enum AttemptResult {
    /** Any 2xx. */
    @JsonProperty("success")
    SUCCESS,
    /** A 3xx, which is never followed. */
    @JsonProperty("redirect")
    REDIRECT,
    /** 410: the receiver says that it is gone for good. */
    @JsonProperty("gone")
    GONE,
    /** 429. */
    @JsonProperty("rate_limited")
    RATE_LIMITED,
    /** 408 or 425: the receiver asks for the same request again (RFC 9110, 15.5.9; RFC 8470, 5.2). */
    @JsonProperty("try_again")
    TRY_AGAIN,
    /** Any other 4xx. */
    @JsonProperty("client_error")
    CLIENT_ERROR,
    /** Any 5xx. */
    @JsonProperty("server_error")
    SERVER_ERROR,
    /** The host name has no address. */
    @JsonProperty("dns")
    DNS,
    /** The name server gave no answer in time. */
    @JsonProperty("dns_timeout")
    DNS_TIMEOUT,
    /** TCP connection refused, or no way there. */
    @JsonProperty("connect")
    CONNECT,
    /** No TCP connection within the attempt's deadline. */
    @JsonProperty("connect_timeout")
    CONNECT_TIMEOUT,
    /** No TLS session: handshake, certificate or host name. */
    @JsonProperty("tls")
    TLS,
    /** The TLS handshake did not end within the attempt's deadline. */
    @JsonProperty("tls_timeout")
    TLS_TIMEOUT,
    /** The connection stood, and no complete status line and headers came within the attempt's deadline. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** The connection broke or the answer was not HTTP. */
    @JsonProperty("transport")
    TRANSPORT,
    /** A kept-alive connection turned out to be closed; never hidden by sending again. */
    @JsonProperty("transport_reused")
    TRANSPORT_REUSED,
    /** URL or address that must not be called; nothing was sent. */
    @JsonProperty("egress_denied")
    EGRESS_DENIED,
    /** Our own side failed; not charged to the endpoint. */
    @JsonProperty("internal")
    INTERNAL,
    /** Written by a newer version. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As rows and metrics have it. */
    public String wireName() {
        return wireName;
    }

    public boolean isSuccess() {
        return this == SUCCESS;
    }

    /** Whether a failure of this kind may count towards disabling the endpoint. */
    public boolean countsAgainstEndpoint() {
        return this != SUCCESS && this != INTERNAL && this != UNKNOWN;
    }
}

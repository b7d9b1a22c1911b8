package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How one attempt ended: a closed set whose wire names analysts may rely on. */
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
    /** Any other 4xx. */
    @JsonProperty("client_error")
    CLIENT_ERROR,
    /** Any 5xx. */
    @JsonProperty("server_error")
    SERVER_ERROR,
    /** No complete status line and headers within the attempt's deadline. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** The host name has no address, or none was found in time. */
    @JsonProperty("dns")
    DNS,
    /** No TCP connection. */
    @JsonProperty("connect")
    CONNECT,
    /** No TLS session: handshake, certificate or host name. */
    @JsonProperty("tls")
    TLS,
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

    public boolean isSuccess() {
        return this == SUCCESS;
    }

    /** Whether a failure of this kind may count towards disabling the endpoint. */
    public boolean countsAgainstEndpoint() {
        return this != SUCCESS && this != INTERNAL && this != UNKNOWN;
    }
}

package dev.hookswitch.common.access;

/** Why a request is not served: HTTP status and code of the answer, which are part of the contract with callers. */
public enum Refusal {
    NOT_READY(503, "unavailable", "the API keys are not known yet; try again"),
    MISSING(401, "unauthorized", "the header Authorization must be: Bearer and an API key"),
    UNKNOWN(401, "unauthorized", "the API key is not known"),
    REVOKED(401, "key_revoked", "the API key was revoked"),
    EXPIRED(401, "key_expired", "the API key has expired"),
    WRONG_SCOPE(403, "insufficient_scope", "the API key may not do this"),
    WRONG_TENANT(403, "wrong_tenant", "the API key does not speak for this tenant"),
    NOT_IN_PLAN(403, "webhooks_not_in_plan", "the tenant's plan has no webhooks"),
    TOO_MANY_FAILURES(429, "too_many_failures", "too many requests without a valid API key came from this address"),
    RATE_LIMITED(429, "rate_limited", "too many requests with this API key");

    private final int status;
    private final String code;
    private final String message;

    Refusal(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** For people. */
    public String message() {
        return message;
    }
}

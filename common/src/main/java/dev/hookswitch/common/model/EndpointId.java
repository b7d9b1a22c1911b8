package dev.hookswitch.common.model;

/**
 * Names one endpoint: the tenant that owns it and the webhook's own id.
 *
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id, unique in the deployment
 */
public record EndpointId(String tenant, String webhookId) {

    /** The key of the endpoint's records in the compacted topics: {@code tenant/webhook_id}. */
    public String topicKey() {
        return tenant + "/" + webhookId;
    }

    /**
     * Reads {@link #topicKey()} back.
     *
     * @throws IllegalArgumentException when the text is not {@code tenant/webhook_id}
     */
    public static EndpointId parse(String topicKey) {
        int slash = topicKey.indexOf('/');
        if (slash <= 0 || slash == topicKey.length() - 1) {
            throw new IllegalArgumentException("key must be tenant/webhook_id, was: " + topicKey);
        }
        return new EndpointId(topicKey.substring(0, slash), topicKey.substring(slash + 1));
    }
}

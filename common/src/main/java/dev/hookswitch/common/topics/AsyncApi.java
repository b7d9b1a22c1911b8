package dev.hookswitch.common.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * The AsyncAPI 3.0 document of a deployment: what its public topics carry, with their names, partitions and retention as they
 * are declared here.
 */
public final class AsyncApi {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String BINDING_VERSION = "0.5.0";

    private AsyncApi() {}

    /** The document as JSON. */
    public static byte[] document(TopicLayout topics) {
        try {
            ObjectNode document = template();
            for (Map.Entry<String, JsonNode> channel : document.get("channels").properties()) {
                fill((ObjectNode) channel.getValue(), topics.spec(topics.prefix() + channel.getKey()));
            }
            return MAPPER.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode template() throws IOException {
        try (InputStream in = AsyncApi.class.getResourceAsStream("asyncapi.json")) {
            return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, "asyncapi.json"));
        }
    }

    private static void fill(ObjectNode channel, TopicSpec spec) {
        channel.put("address", spec.name());
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", spec.name());
        kafka.put("partitions", spec.partitions());
        kafka.put("replicas", spec.replicationFactor());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        String policy = spec.config().get("cleanup.policy");
        if (policy != null) {
            ArrayNode policies = configuration.putArray("cleanup.policy");
            for (String one : policy.split(",", -1)) {
                policies.add(one);
            }
        }
        String retention = spec.config().get("retention.ms");
        if (retention != null) {
            configuration.put("retention.ms", Long.parseLong(retention));
        }
        kafka.put("bindingVersion", BINDING_VERSION);
    }
}

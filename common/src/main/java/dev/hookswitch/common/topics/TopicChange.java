package dev.hookswitch.common.topics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One difference between a topic as declared and as it is. */
public sealed interface TopicChange {

    /** Name of the topic, with prefix. */
    String topic();

    /** One line for people. */
    String describe();

    /** The topic is missing. */
    record Create(TopicSpec spec) implements TopicChange {
        @Override
        public String topic() {
            return spec.name();
        }

        @Override
        public String describe() {
            Map<String, String> sorted = new TreeMap<>(spec.config());
            return "create " + topic() + ": partitions=" + spec.partitions() + " replicas=" + spec.replicationFactor()
                    + sorted.entrySet().stream().map(entry -> " " + entry).collect(Collectors.joining());
        }
    }

    /**
     * The topic does not set a declared property, and what it gets from the broker differs.
     *
     * @param topic name with prefix
     * @param key the property, by Kafka's name
     * @param from what the broker gives it now
     * @param to what is declared
     */
    record AddConfig(String topic, String key, String from, String to) implements TopicChange {
        @Override
        public String describe() {
            return "set " + topic + ": " + key + "=" + to + ", the broker's default is " + from;
        }
    }

    /**
     * The topic sets a property to something that is not declared, and setting it right loses nothing.
     *
     * @param topic name with prefix
     * @param key the property, by Kafka's name
     * @param from what it is now
     * @param to what is declared
     */
    record AlterConfig(String topic, String key, String from, String to) implements TopicChange {
        @Override
        public String describe() {
            return "change " + topic + ": " + key + "=" + to + ", was " + from;
        }
    }

    /**
     * A difference that is not mended, since that would lose records or part what belongs together.
     *
     * @param topic name with prefix
     * @param what how it is and how it is declared
     * @param why what mending it would do
     */
    record Refused(String topic, String what, String why) implements TopicChange {
        @Override
        public String describe() {
            return "refuse " + topic + ": " + what + "; " + why;
        }
    }

    /** A difference that is left as it is. */
    record Note(String topic, String what) implements TopicChange {
        @Override
        public String describe() {
            return "note " + topic + ": " + what;
        }
    }
}

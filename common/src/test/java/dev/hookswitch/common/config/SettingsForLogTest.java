package dev.hookswitch.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log may show, measured by the types that Kafka's own definitions give its properties. */
class SettingsForLogTest {
    private static final String CANARY = "canary";

    static Set<String> kafkasPasswords() {
        ConfigDef ssl = new ConfigDef();
        SslConfigs.addClientSslSupport(ssl);
        ConfigDef sasl = new ConfigDef();
        SaslConfigs.addClientSaslSupport(sasl);
        Set<String> keys = new TreeSet<>();
        for (ConfigDef definition : List.of(
                ssl, sasl, ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef())) {
            definition.configKeys().forEach((name, key) -> {
                if (key.type == ConfigDef.Type.PASSWORD) {
                    keys.add(name);
                }
            });
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource("kafkasPasswords")
    void everyPasswordOfKafkasClientsIsHidden(String key) {
        Map<String, String> secrets = new TreeMap<>();
        for (String client : List.of("", "producer.", "consumer.", "admin.", "streams.")) {
            secrets.put("kafka." + client + key, CANARY);
        }

        assertThat(Settings.of(secrets).forLog()).doesNotContainValue(CANARY);
    }

    @Test
    void theDefinitionsHoldThePasswordsThatWeKnowOf() {
        assertThat(kafkasPasswords())
                .contains(
                        "sasl.jaas.config",
                        "ssl.key.password",
                        "ssl.keystore.certificate.chain",
                        "ssl.keystore.key",
                        "ssl.truststore.certificates",
                        "sasl.oauthbearer.assertion.private.key.passphrase");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.SASL.Password",
                "kafka.schema.registry.basic.auth.user.info",
                "kafka.custom.api-key",
                "kafka.custom.apikey",
                "kafka.custom.passphrase.file",
                "kafka.custom.key"
            })
    void soIsWhatLooksLikeASecret(String key) {
        assertThat(Settings.of(Map.of(key, CANARY)).forLog()).containsEntry(key, "(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.keystore.location",
                "kafka.ssl.truststore.location",
                "kafka.ssl.keystore.type",
                "kafka.ssl.keymanager.algorithm",
                "kafka.key.serializer",
                "kafka.sasl.mechanism"
            })
    void whatIsSaidAboutAKeyIsShown(String key) {
        assertThat(Settings.of(Map.of(key, "shown")).forLog()).containsEntry(key, "shown");
    }
}

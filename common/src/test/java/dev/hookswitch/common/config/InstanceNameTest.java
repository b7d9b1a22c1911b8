package dev.hookswitch.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceNameTest {
    private static final String KEY = "dispatcher.instance";

    private final SettingsReader unset = Settings.of(Map.of()).reader();

    @Test
    void theSettingComesFirst() {
        SettingsReader set = Settings.of(Map.of(KEY, "one")).reader();

        assertThat(InstanceName.read(set, KEY, () -> "host")).isEqualTo("one");
        assertThat(InstanceName.read(set, KEY)).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "dispatcher-0", "ip-10-0-0-1.ec2.internal", "localhost2"})
    void withoutItTheHostNamesTheProcess(String host) {
        assertThat(InstanceName.read(unset, KEY, () -> host)).isEqualTo(host);
        unset.done();
    }

    @Test
    void aHostWithoutNameIsAProblem() {
        InstanceName.read(unset, KEY, () -> {
            throw new UnknownHostException("nameless");
        });

        assertThatThrownBy(unset::done)
                .isInstanceOf(SettingsException.class)
                .hasMessage("configuration: 1 problem\n  " + KEY + " must be set: this host has no resolvable name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.localdomain", "", "(none)", "127.0.0.1", "::1"})
    void aNameThatAnyHostCouldHaveIsNone(String host) {
        InstanceName.read(unset, KEY, () -> host);

        assertThatThrownBy(unset::done)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(KEY + " must be set");
    }
}

package dev.hookswitch.common.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.Wire;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private final ApiKey key = ApiKey.generate(new SecureRandom());

    @Test
    void hasThePrefixOfTheVendorAndCanBeReadBack() {
        assertThat(key.reveal()).matches("vb_live_[0-9A-Za-z]{49}");
        ApiKey read = ApiKey.parse(key.reveal()).orElseThrow();
        assertThat(read.reveal()).isEqualTo(key.reveal());
        assertThat(read.id()).isEqualTo(key.id()).matches("key_[0-9a-f]{24}");
    }

    /** Computed with Python. Fixed for ever: a change would lock every owner of a key out. */
    @Test
    void idAndMacOfAGivenKey() {
        ApiKey given = ApiKey.parse("vb_live_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg" + "37pPN6")
                .orElseThrow();
        assertThat(given.id()).isEqualTo("key_c8d9ccc8243a1c13fe9173f9");
        assertThat(given.mac("acme")).isEqualTo("IKQNSjp/QDb/N2jzXUr+QYJ7Dx3tcMzk7M/UizbDG/k=");
    }

    @Test
    void isAnotherEachTimeAndUsesEveryCharacter() {
        Set<String> seen = new HashSet<>();
        Set<Integer> characters = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String text = ApiKey.generate(new SecureRandom()).reveal();
            seen.add(text);
            text.substring(8, 51).chars().forEach(characters::add);
        }
        assertThat(seen).hasSize(500);
        assertThat(characters).hasSize(62);
    }

    @Test
    void oneWrongOrMissingCharacterIsNoKey() {
        String text = key.reveal();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKey.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("changed at %s", i)
                    .isEmpty();
            assertThat(ApiKey.parse(text.substring(0, i) + text.substring(i + 1)))
                    .as("without %s", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vb_live_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "vb_test_0123", "vb_live_\u00e9"})
    void otherTextIsNoKey(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }

    @Test
    void doesNotPrintItself() {
        assertThat(key.toString()).isEqualTo("vb_live_(hidden)");
    }

    @Test
    void provesItsOwnRowAlone() {
        assertThat(key.proves(row("acme", key.mac("acme")))).isTrue();
        assertThat(key.proves(row("beta", key.mac("acme"))))
                .as("moved to another tenant")
                .isFalse();
        assertThat(key.proves(row("acme", ApiKey.generate(new SecureRandom()).mac("acme"))))
                .isFalse();
        assertThat(key.proves(row("acme", ""))).isFalse();
        assertThat(key.proves(row("acme", "no base64!"))).isFalse();
    }

    @Test
    void isNotInItsRow() {
        String row = new String(Wire.write(row("acme", key.mac("acme"))), UTF_8);
        String random = key.reveal().substring(8);
        for (int i = 0; i + 8 <= random.length(); i++) {
            assertThat(row).doesNotContain(random.substring(i, i + 8));
        }
    }

    private ApiKeyRow row(String tenant, String mac) {
        return new ApiKeyRow(key.id(), tenant, "", Set.of(Scope.EVENTS_WRITE), mac, 1, 0, null, null);
    }
}

package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void readsWhatItWrote() {
        Message message = Message.of("mark").with("done", 12).with("folder", "/tmp/a=b");

        Message read = Message.parse(message.line());

        assertThat(read).isEqualTo(message);
        assertThat(read.number("done")).isEqualTo(12);
        assertThat(read.text("folder")).isEqualTo("/tmp/a=b");
    }

    @Test
    void becomesTheArgumentsOfAMainMethodAndBack() {
        Message message = Message.of("raw").with("port", 1).with("spread", "PORTS");

        assertThat(message.arguments()).containsExactly("port=1", "spread=PORTS");
        assertThat(Message.ofFields("raw", message.arguments())).isEqualTo(message);
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(() -> Message.parse("ready port=1").text("bootstrap"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ready lacks bootstrap");
    }

    @Test
    void refusesWhatWouldNotComeThrough() {
        assertThatThrownBy(() -> Message.of("a").with("path", "with space")).hasMessageContaining("path");
        assertThatThrownBy(() -> Message.ofFields("a", List.of("=1"))).hasMessageContaining("key=value");
    }

    @Test
    void givesItsFieldsButForSome() {
        Message message =
                Message.of("feed").with("most", 1).with("topics.prefix", "a.").with("log", "b");

        assertThat(message.fieldsWithout("most", "log")).containsExactly(Map.entry("topics.prefix", "a."));
    }
}

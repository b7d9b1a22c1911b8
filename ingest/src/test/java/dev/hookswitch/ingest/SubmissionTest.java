package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.event.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", " \n{\"a\":[1]} ", "", "nonsense", "\"[\"", "{\"a\":", "\u00e9[", "7"})
    void whatIsNoArrayIsOneEventAsItCame(String body) {
        Submission.Events events = (Submission.Events) Submission.of(body.getBytes(UTF_8), 10);

        assertThat(events.batch()).isFalse();
        assertThat(texts(events)).containsExactly(body);
    }

    @Test
    void elementsOfAnArrayAreTakenAsTheyCame() {
        String first = "{ \"id\" : \"1\", \"text\":\"]}\\\"\u00e9\ud83d\ude00\",\n \"deep\":[[{}],[]] , \"n\":2500.00}";
        String body = " [\t" + first + " ,{},\r\n null, \"a\\u0000b\", 1.50 , -0, true, [ [ ] ]\n] ";

        Submission.Events events = (Submission.Events) Submission.of(body.getBytes(UTF_8), 10);

        assertThat(events.batch()).isTrue();
        assertThat(texts(events))
                .containsExactly(first, "{}", "null", "\"a\\u0000b\"", "1.50", "-0", "true", "[ [ ] ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[            | NOT_JSON",
                "[]           | EMPTY",
                "[{}          | NOT_JSON",
                "[{},]        | NOT_JSON",
                "[{} {}]      | NOT_JSON",
                "[{}}         | NOT_JSON",
                "[{}] {}      | NOT_JSON",
                "[{}] x       | NOT_JSON",
                "[1,2,3,4]    | TOO_LARGE",
            })
    void batchThatCannotBeTakenApartSaysWhy(String body, Problem.Reason reason) {
        assertThat(Submission.of(body.getBytes(UTF_8), 3))
                .isInstanceOfSatisfying(Submission.Unreadable.class, unreadable -> {
                    assertThat(unreadable.problem().reason()).isEqualTo(reason);
                    assertThat(unreadable.problem().pointer()).isEmpty();
                    assertThat(unreadable.problem().message())
                            .contains("batch", " ")
                            .isNotBlank();
                });
    }

    @Test
    void batchThatIsNoUtf8OrTooDeepIsRefused() {
        byte[] notUtf8 = {'[', '"', (byte) 0xff, '"', ']'};
        byte[] deep = ("[" + "[".repeat(2_000) + "]".repeat(2_000) + "]").getBytes(UTF_8);

        assertThat(Submission.of(notUtf8, 3))
                .isInstanceOfSatisfying(
                        Submission.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem().reason()).isEqualTo(Problem.Reason.NOT_JSON));
        assertThat(Submission.of(deep, 3))
                .isInstanceOfSatisfying(
                        Submission.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.problem().reason()).isEqualTo(Problem.Reason.LIMIT_EXCEEDED));
    }

    private static List<String> texts(Submission.Events events) {
        return events.events().stream().map(each -> new String(each, UTF_8)).toList();
    }
}

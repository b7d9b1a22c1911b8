package dev.hookswitch.common.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Analysts read {@code docs/topics.md}: every topic, field and word of the code stands there. */
class TopicsPageTest {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final String page;

    TopicsPageTest() throws IOException {
        page = Files.readString(Path.of("..", "docs", "topics.md"));
    }

    @Test
    void namesEveryTopicAndNoOther() {
        TopicLayout layout = TopicLayout.of(Settings.of(Map.of()));
        List<String> declared = layout.specs().stream()
                .map(TopicSpec::name)
                .map(name -> name.substring(layout.prefix().length()))
                .toList();
        String table = page.substring(page.indexOf("| topic |"), page.indexOf("Read with"));
        List<String> named = table.lines()
                .skip(2)
                .filter(line -> line.startsWith("|"))
                .map(line -> line.substring(1, line.indexOf('|', 1)))
                .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(declared);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AttemptRow.class,
                OutcomeRow.class,
                EndpointStatus.class,
                EndpointEvent.class,
                RecoveryRow.class,
                RecoveryRow.Range.class,
                RecoveryRow.Place.class,
                TenantRow.class,
                TenantRow.Workspace.class,
                TenantRow.Limits.class,
                ApiKeyRow.class,
                AuditRow.class,
                ApiRequestRow.class
            })
    void namesEveryField(Class<?> row) {
        SnakeCaseStrategy naming = new SnakeCaseStrategy();
        for (RecordComponent component : row.getRecordComponents()) {
            assertThat(page).contains("`" + naming.translate(component.getName()) + "`");
        }
    }

    static Stream<String> words() throws NoSuchFieldException {
        List<String> words = new ArrayList<>();
        List<Enum<?>> constants = new ArrayList<>(List.of(AttemptResult.values()));
        constants.addAll(List.of(AttemptRow.Kind.values()));
        constants.addAll(List.of(AttemptRow.Decision.values()));
        constants.addAll(List.of(OutcomeRow.Outcome.values()));
        constants.addAll(List.of(EndpointStatus.State.values()));
        constants.addAll(List.of(EndpointEvent.Type.values()));
        constants.addAll(List.of(RecoveryRow.Kind.values()));
        constants.addAll(List.of(RecoveryRow.State.values()));
        constants.addAll(List.of(RecoveryRow.Source.values()));
        constants.addAll(List.of(Scope.values()));
        constants.addAll(List.of(AuditRow.Action.values()));
        for (Enum<?> constant : constants) {
            words.add(constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(JsonProperty.class)
                    .value());
        }
        Stream<String> reasons = Arrays.stream(Problem.Reason.values()).map(Problem.Reason::wireName);
        Stream<String> outcomeReasons = Stream.of(
                OutcomeRow.REASON_INACTIVE,
                OutcomeRow.REASON_DISABLED,
                OutcomeRow.REASON_DELETED,
                OutcomeRow.REASON_SCHEMA,
                OutcomeRow.REASON_INCOMPLETE);
        return Stream.concat(words.stream(), Stream.concat(reasons, outcomeReasons));
    }

    /** The table of results is the enumeration: the same words in the same order, each with a meaning. */
    @Test
    void explainsEveryResultAndNoOther() {
        String from = page.substring(page.indexOf("| `result` | the receiver"));
        List<String> rows =
                from.lines().takeWhile(line -> line.startsWith("|")).skip(2).toList();
        assertThat(rows)
                .extracting(row -> row.split("\\s*\\|\\s*", -1)[1])
                .containsExactlyElementsOf(Arrays.stream(AttemptResult.values())
                        .map(result -> "`" + result.name().toLowerCase(Locale.ROOT) + "`")
                        .toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.split("\\s*\\|\\s*", -1)[2]).hasSizeGreaterThan(10));
    }

    @ParameterizedTest
    @MethodSource("words")
    void namesEveryWord(String word) {
        assertThat(page).contains("`" + word + "`");
    }
}

package dev.hookswitch.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The definition of stable is what JavaScript does: compares with Node, document by document. Node also checks that what
 * it prints is a fixed point.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeAgreementTest {

    private static final long SEED = 2500_00L;
    private static final int BATCH = 4_000;
    private static final BigDecimal TWO_TO_53 = BigDecimal.valueOf(1L << 53);

    private @Nullable NodeOracle started;

    @BeforeAll
    void startNode() {
        started = NodeOracle.start();
    }

    @AfterAll
    void stopNode() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void agreesOnTheTableOfCases() throws IOException {
        assertAgreement(CaseFile.read("cases.txt").stream()
                .filter(each -> each.number() == 0)
                .map(each -> new String(each.input(), StandardCharsets.UTF_8)));
    }

    @Test
    void agreesOnNumbers() throws IOException {
        NumberCorpus corpus = new NumberCorpus(SEED);
        Stream<String> literals = Stream.of(corpus.edges(), corpus.randomDoubles(12_000), corpus.randomLiterals(30_000))
                .flatMap(each -> each);

        int count = forEachBatch(literals, this::assertNumbersAgree);
        assertThat(count).isGreaterThan(100_000);
    }

    @Test
    void agreesOnStrings() throws IOException {
        TextCorpus corpus = new TextCorpus(SEED);

        int count = assertAgreement(
                Stream.of(corpus.everyCodeUnit(), corpus.everySurrogateInCompany(), corpus.randomStrings(10_000))
                        .flatMap(each -> each));
        assertThat(count).isGreaterThan(70_000);
    }

    @Test
    void agreesOnDocumentsWithKeysThatMoveOrComeTwice() throws IOException {
        assertAgreement(new DocumentCorpus(SEED).documents(30_000));
    }

    @Test
    void agreesOnWebhooks() throws IOException {
        assertAgreement(new DocumentCorpus(SEED).webhooks(8_000));
    }

    @Test
    void refusesExactlyWhatJavaScriptRefuses() throws IOException {
        Random random = new Random(SEED);
        Stream<byte[]> damaged = new DocumentCorpus(SEED)
                .documents(30_000)
                .map(document -> damage(utf8(DocumentCorpus.unmarked(document)), random));

        forEachBatch(damaged, this::assertSameVerdict);
    }

    private void assertNumbersAgree(List<String> literals) throws IOException {
        List<String> answers = oracle().stringify(
                        literals.stream().map(NodeAgreementTest::utf8).toList());
        for (int i = 0; i < literals.size(); i++) {
            String literal = literals.get(i);
            boolean unstable = isUnstable(literal, answers.get(i));
            String expected = unstable ? literal : answers.get(i);
            StableValue value = StableJson.parse(utf8(literal));
            if (!text(value).equals(expected) || value.unstableNumbers() != (unstable ? 1 : 0)) {
                assertThat(value.unstableNumbers() + " unstable: " + text(value))
                        .as("%s, seed %d", literal, SEED)
                        .isEqualTo((unstable ? 1 : 0) + " unstable: " + expected);
            }
        }
    }

    private static boolean isUnstable(String literal, String answer) {
        BigDecimal value = new BigDecimal(literal);
        if (literal.matches("-?[0-9]+")) {
            return !answer.equals(literal) && value.abs().compareTo(TWO_TO_53) > 0;
        }
        return answer.equals("null") || (answer.equals("0") && value.signum() != 0);
    }

    /** Asserts that each document, which may have marked numbers in it, comes out as from Node. */
    private int assertAgreement(Stream<String> documents) throws IOException {
        return forEachBatch(documents, batch -> {
            List<String> answers = oracle().stringify(
                            batch.stream().map(NodeAgreementTest::utf8).toList());
            for (int i = 0; i < batch.size(); i++) {
                String expected = DocumentCorpus.unmarked(answers.get(i));
                int unstable = DocumentCorpus.countMarked(answers.get(i));
                String input = DocumentCorpus.unmarked(batch.get(i));
                StableValue value = StableJson.parse(utf8(input));
                if (!text(value).equals(expected) || value.unstableNumbers() != unstable) {
                    assertThat(value.unstableNumbers() + " unstable: " + text(value))
                            .as("%s, seed %d", input, SEED)
                            .isEqualTo(unstable + " unstable: " + expected);
                }
            }
        });
    }

    private void assertSameVerdict(List<byte[]> documents) throws IOException {
        List<String> answers = oracle().stringify(documents);
        for (int i = 0; i < documents.size(); i++) {
            String answer = answers.get(i);
            String ours;
            try {
                StableValue value = StableJson.parse(documents.get(i));
                ours = value.unstableNumbers() == 0 ? text(value) : answer;
            } catch (JsonProcessingException e) {
                ours = e.getOriginalMessage().contains("surrogate") ? answer : "!" + e.getOriginalMessage();
            }
            if (answer.startsWith("!") ? !ours.startsWith("!") : !ours.equals(answer)) {
                assertThat(ours)
                        .as("%s, seed %d", new String(documents.get(i), StandardCharsets.UTF_8), SEED)
                        .isEqualTo(answer);
            }
        }
    }

    private static byte[] damage(byte[] document, Random random) {
        byte[] damaged = document.clone();
        byte[] likely = utf8("\"\\{}[]:,0-.eu \n\u00e9/x");
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            damaged[random.nextInt(damaged.length)] = likely[random.nextInt(likely.length)];
        }
        return damaged;
    }

    private interface BatchCheck<T> {
        void check(List<T> batch) throws IOException;
    }

    private static <T> int forEachBatch(Stream<T> all, BatchCheck<T> check) throws IOException {
        int count = 0;
        Iterator<T> left = all.iterator();
        while (left.hasNext()) {
            List<T> batch = new ArrayList<>(BATCH);
            while (left.hasNext() && batch.size() < BATCH) {
                batch.add(left.next());
            }
            check.check(batch);
            count += batch.size();
        }
        return count;
    }

    private NodeOracle oracle() {
        if (started == null) {
            throw new IllegalStateException("node has not been started");
        }
        return started;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(StableValue value) {
        return new String(value.utf8(), StandardCharsets.UTF_8);
    }
}

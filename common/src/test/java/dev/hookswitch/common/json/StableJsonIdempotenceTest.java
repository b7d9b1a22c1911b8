package dev.hookswitch.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StableJsonIdempotenceTest {

    private static final long SEED = 20240115;

    @Test
    void isAFixedPointOfItself() throws IOException {
        DocumentCorpus documents = new DocumentCorpus(SEED);
        NumberCorpus numbers = new NumberCorpus(SEED);
        Iterator<String> all = Stream.of(
                        documents.documents(5_000).map(DocumentCorpus::unmarked),
                        documents.webhooks(2_000),
                        numbers.randomDoubles(4_000),
                        numbers.randomLiterals(10_000),
                        new TextCorpus(SEED).randomStrings(5_000))
                .flatMap(each -> each)
                .iterator();
        while (all.hasNext()) {
            String document = all.next();
            StableValue once = StableJson.parse(document.getBytes(StandardCharsets.UTF_8));
            StableValue twice = StableJson.parse(once.utf8());
            if (!Arrays.equals(once.utf8(), twice.utf8()) || once.unstableNumbers() != twice.unstableNumbers()) {
                assertThat(twice.unstableNumbers() + " unstable: " + text(twice))
                        .as("%s, seed %d", document, SEED)
                        .isEqualTo(once.unstableNumbers() + " unstable: " + text(once));
            }
        }
    }

    @Test
    void keepsTheValueOfEveryDouble() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String spelled = StableJson.number(value);
            if (Double.compare(Double.parseDouble(spelled), value) != 0) {
                assertThat(Double.parseDouble(spelled)).as("seed %d", SEED).isEqualTo(value);
            }
        }
    }

    @Test
    void changesNothingThatAnotherReaderWouldSee() throws IOException {
        ObjectMapper mapper = new ObjectMapper(StableJson.factory().copy());
        DocumentCorpus corpus = new DocumentCorpus(SEED);
        Iterator<String> all = Stream.concat(corpus.documents(5_000), corpus.webhooks(2_000))
                .map(DocumentCorpus::unmarked)
                .iterator();
        while (all.hasNext()) {
            String document = all.next();
            JsonNode before = mapper.readTree(document);
            JsonNode after = mapper.readTree(
                    StableJson.parse(document.getBytes(StandardCharsets.UTF_8)).utf8());
            assertThat(after.equals(StableJsonIdempotenceTest::compareScalars, before))
                    .as("%s, seed %d", document, SEED)
                    .isTrue();
        }
    }

    private static int compareScalars(JsonNode a, JsonNode b) {
        boolean numbers = a.isNumber() && b.isNumber();
        boolean equal = numbers ? a.doubleValue() == b.doubleValue() : a.equals(b);
        return equal ? 0 : 1;
    }

    private static String text(StableValue value) {
        return new String(value.utf8(), StandardCharsets.UTF_8);
    }
}

package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class KeyPartitionerTest {
    @Test
    void putsKeysWhereKafkasDefaultPartitionerDoes() {
        KeyPartitioner partitioner = new KeyPartitioner(7);

        for (int i = 0; i < 1_000; i++) {
            byte[] key = ("wh_" + i).getBytes(UTF_8);
            assertThat(partitioner.partitions("any", key, new byte[0], 7))
                    .contains(Set.of((Utils.murmur2(key) & 0x7fffffff) % 7));
        }
    }

    @Test
    void countsPartitionsAsDeclaredWhateverTheTopicHas() {
        KeyPartitioner partitioner = new KeyPartitioner(1);

        assertThat(partitioner.partitions("any", "wh_1".getBytes(UTF_8), new byte[0], 99))
                .contains(Set.of(0));
    }
}

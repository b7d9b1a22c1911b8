package dev.hookswitch.console.changes;

import dev.hookswitch.common.model.AuditRow;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written, decided on a view.
 *
 * @param result what the caller gets once it is written and seen
 * @param rows by key; empty when everything is so already and nothing is to be written
 * @param records of other topics, written as they are
 * @param audit who did what; null when nothing is to be written
 * @param seen whether a view has this change or a later one
 * @param draft tells a draft of the next view, on which the changes behind this one in the same transaction are decided
 * @param <R> what the caller gets
 * @param <V> the view
 */
public record Change<R, V>(
        R result,
        List<Row> rows,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable AuditRow audit,
        Predicate<V> seen,
        Consumer<V> draft) {
    public Change {
        rows = List.copyOf(rows);
        records = List.copyOf(records);
    }

    /** Nothing is to be written. */
    public static <R, V> Change<R, V> none(R result) {
        return new Change<>(result, List.of(), List.of(), null, view -> true, view -> {});
    }
}

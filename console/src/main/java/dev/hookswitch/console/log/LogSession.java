package dev.hookswitch.console.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the stores of the partitions that are ours, from the time when it connects until something fails. One consumer is a
 * member of the group and reads nothing: it tells which partitions are ours, and commits where we are read to and where others
 * reach us. The other one reads both topics of these partitions, from where each store stands. For one thread.
 */
final class LogSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    private static final long COMMIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long CLEAN_NANOS = Duration.ofMinutes(1).toNanos();

    private final LogSettings settings;
    private final StoreSpec spec;
    private final LogFolder folder;
    private final DiskLimit disk;
    private final Map<Integer, OwnedPartition> owned;
    private final LogMeters meters;
    private final RowReader rows;
    private final Consumer<byte[], byte[]> member;
    private final Consumer<byte[], byte[]> reader;
    private final String topicIds;
    private long committedAtNanos = System.nanoTime();
    private long cleanedAtNanos = System.nanoTime();

    /** @param owned the partitions that are ours; empty, and kept as it is by this object alone */
    LogSession(LogSettings settings, StoreSpec spec, Map<Integer, OwnedPartition> owned, LogMeters meters) {
        this.settings = settings;
        this.spec = spec;
        this.folder = new LogFolder(settings.folder(), spec.clock());
        this.disk = new DiskLimit(settings.maxBytes());
        this.owned = owned;
        this.meters = meters;
        this.rows = new RowReader(meters);
        LogClients clients = new LogClients(settings);
        this.topicIds = TopicIds.of(clients, settings);
        this.member = clients.member();
        this.reader = clients.reader();
        member.subscribe(List.of(settings.topic(Source.ATTEMPTS)), new Paused());
    }

    /** What is assigned is never read by the member. */
    private final class Paused implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            member.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    /** Takes what has come. Waits a moment when there is nothing. */
    void step() throws RocksDBException, IOException {
        member.poll(owned.isEmpty() ? POLL : Duration.ZERO);
        boolean more = follow(member.assignment());
        if (!owned.isEmpty()) {
            read();
        }
        for (OwnedPartition each : owned.values()) {
            each.store().expire();
        }
        if (more || System.nanoTime() - committedAtNanos > COMMIT_NANOS) {
            commit();
        }
        if (System.nanoTime() - cleanedAtNanos > CLEAN_NANOS) {
            clean();
        }
    }

    private void clean() throws RocksDBException, IOException {
        cleanedAtNanos = System.nanoTime();
        folder.deleteUnused(owned.keySet());
        meters.bytes(
                disk.keep(owned.values().stream().map(OwnedPartition::store).toList()));
    }

    /** Opens and closes stores until they are those of the assignment; whether one was opened. */
    private boolean follow(Set<TopicPartition> assignment) throws RocksDBException, IOException {
        List<Integer> wanted =
                assignment.stream().map(TopicPartition::partition).toList();
        List<Integer> gone = owned.keySet().stream()
                .filter(partition -> !wanted.contains(partition))
                .toList();
        List<Integer> fresh = wanted.stream()
                .filter(partition -> !owned.containsKey(partition))
                .toList();
        if (gone.isEmpty() && fresh.isEmpty()) {
            return false;
        }
        for (int partition : gone) {
            release(partition);
        }
        List<TopicPartition> all = new ArrayList<>();
        wanted.forEach(partition -> all.addAll(sources(partition).values()));
        reader.assign(all);
        for (int partition : fresh) {
            own(partition);
        }
        LOG.info("delivery log partitions={} came={} went={}", wanted, fresh, gone);
        return !fresh.isEmpty();
    }

    private void own(int partition) throws RocksDBException, IOException {
        Map<Source, TopicPartition> sources = sources(partition);
        Map<TopicPartition, Long> endOffsets = reader.endOffsets(sources.values());
        Map<Source, Long> ends = new EnumMap<>(Source.class);
        sources.forEach((source, at) -> ends.put(source, endOffsets.getOrDefault(at, 0L)));
        PartitionStore store = PartitionStore.open(folder.of(partition), topicIds, spec);
        owned.put(partition, new OwnedPartition(store, ends, System::nanoTime));
        for (Map.Entry<Source, TopicPartition> each : sources.entrySet()) {
            OptionalLong next = store.readOnAt(each.getKey());
            if (next.isPresent()) {
                reader.seek(each.getValue(), next.getAsLong());
            } else {
                reader.seekToBeginning(List.of(each.getValue()));
            }
        }
    }

    private void release(int partition) throws RocksDBException, IOException {
        OwnedPartition old = owned.remove(partition);
        if (old != null) {
            old.store().close();
        }
    }

    private void read() throws RocksDBException {
        ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
        Map<Integer, Changes> changes = new HashMap<>();
        for (TopicPartition at : records.partitions()) {
            OwnedPartition into = owned.get(at.partition());
            if (into == null) {
                continue;
            }
            Changes change = changes.get(at.partition());
            if (change == null) {
                change = into.store().change();
                changes.put(at.partition(), change);
            }
            Source source = source(at);
            for (ConsumerRecord<byte[], byte[]> record : records.records(at)) {
                rows.take(source, record, change);
            }
            change.readOnAt(source, reader.position(at));
        }
        for (Changes change : changes.values()) {
            change.write();
        }
        meters.took(records.count());
        for (TopicPartition at : reader.assignment()) {
            OwnedPartition each = owned.get(at.partition());
            if (each != null) {
                each.readTo(source(at), reader.position(at));
            }
        }
    }

    /** Tells the others where we are, and whoever watches the group how far. */
    private void commit() {
        committedAtNanos = System.nanoTime();
        String url = settings.peers().url().map(Object::toString).orElse("");
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        owned.forEach((partition, each) -> offsets.put(
                new TopicPartition(settings.topic(Source.ATTEMPTS), partition),
                new OffsetAndMetadata(each.readTo(Source.ATTEMPTS), url)));
        try {
            member.commitSync(offsets, COMMIT_LIMIT);
            owned.values().forEach(OwnedPartition::confirm);
        } catch (RebalanceInProgressException | org.apache.kafka.clients.consumer.CommitFailedException e) {
            // The partitions may be another's now; the next round knows.
            LOG.debug("not committed", e);
        } catch (RetriableException e) {
            LOG.warn("delivery log could not tell where it is: {}", e.toString());
        }
    }

    private Map<Source, TopicPartition> sources(int partition) {
        Map<Source, TopicPartition> sources = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            sources.put(source, new TopicPartition(settings.topic(source), partition));
        }
        return sources;
    }

    private Source source(TopicPartition at) {
        return at.topic().equals(settings.topic(Source.ATTEMPTS)) ? Source.ATTEMPTS : Source.OUTCOMES;
    }

    /** Closes every store, too. */
    @Override
    public void close() {
        for (int partition : List.copyOf(owned.keySet())) {
            try {
                release(partition);
            } catch (RocksDBException | IOException e) {
                LOG.warn("delivery log partition={} did not close: {}", partition, e.getMessage());
            }
        }
        reader.close();
        member.close();
    }
}

package dev.hookswitch.console.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of all partitions that were ever here. */
final class LogFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);
    private static final String PREFIX = "partition-";
    /** A partition that comes back before is read on from where it was. */
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);

    private final Path folder;
    private final InstantSource clock;

    /** @param folder nobody else's */
    LogFolder(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Path of(int partition) {
        return folder.resolve(PREFIX + partition);
    }

    /** Deletes those that nothing was written to for a day, except of these partitions. */
    void deleteUnused(Set<Integer> used) throws IOException {
        long sinceMs = clock.millis() - KEPT_UNUSED.toMillis();
        for (Path each : all()) {
            boolean ours = used.stream().anyMatch(partition -> each.equals(of(partition)));
            if (!ours && Files.getLastModifiedTime(each).toMillis() < sinceMs) {
                LOG.info("delivery log folder={} is of a partition that went to another console, deleted", each);
                StoreFolder.delete(each);
            }
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(each -> each.getFileName().toString().matches(PREFIX + "[0-9]+"))
                    .toList();
        }
    }
}

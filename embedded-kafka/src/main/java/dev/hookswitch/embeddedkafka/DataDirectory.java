package dev.hookswitch.embeddedkafka;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.EligibleLeaderReplicasVersion;
import org.apache.kafka.server.common.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The broker's folder, held by one process at a time. Kafka locks its log directory too, but in combined mode only
 * after the controller has opened the metadata log in it: too late, so a lock of our own comes first.
 */
final class DataDirectory implements Closeable {
    private static final String LOCK_FILE = "embedded-kafka.lock";
    private static final String META_PROPERTIES = "meta.properties";
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    private final FileChannel lockFile;

    private DataDirectory(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /** @throws IllegalStateException when another broker, in this process or another one, holds the directory */
    static DataDirectory lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException("dataDirectory " + directory.toAbsolutePath()
                    + " is in use by another embedded Kafka; stop that process or choose another directory");
        }
        return new DataDirectory(channel);
    }

    /** Writes the cluster id and the first metadata, unless an earlier start has done it. */
    Origin formatIfNew(String logDirectory, int nodeId) throws Exception {
        if (Files.exists(Path.of(logDirectory, META_PROPERTIES))) {
            return Files.exists(Path.of(logDirectory, CLEAN_SHUTDOWN)) ? Origin.STOPPED : Origin.CRASHED;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    // With one replica there is no one else to elect: in-sync stays in-sync over a crash.
                    .setFeatureLevel(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) 0)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(nodeId)
                    .setDirectories(List.of(logDirectory))
                    .setMetadataLogDirectory(Optional.of(logDirectory))
                    .setControllerListenerName(Listeners.CONTROLLER)
                    .run();
        }
        return Origin.NEW;
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** How the last broker left the directory. */
    enum Origin {
        NEW,
        STOPPED,
        CRASHED
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }
}

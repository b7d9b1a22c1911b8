package dev.hookswitch.console.log;

import static dev.hookswitch.console.log.OneStore.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Folders that are another's, broken, or no more of use. */
class StoreFolderTest {
    private final Path temporary;
    private final OneStore one;

    StoreFolderTest(@TempDir Path temporary) throws RocksDBException, IOException {
        this.temporary = temporary;
        one = new OneStore(temporary.resolve("partition-0"));
    }

    @AfterEach
    void close() throws RocksDBException, IOException {
        one.close();
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(one.folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    private void assertIsEmpty() throws RocksDBException {
        assertThat(one.ids()).isEmpty();
        for (Source source : Source.values()) {
            assertThat(one.store.readOnAt(source)).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void isMadeAnewWhenItIsOfOtherTopics() throws RocksDBException, IOException {
        one.deliver("evt_1", NOW);
        one.reopen("topics-1");
        assertThat(one.ids()).hasSize(1);

        one.reopen("topics-2");
        assertIsEmpty();
    }

    @Test
    void isMadeAnewWhenItCannotBeOpened() throws RocksDBException, IOException {
        one.deliver("evt_1", NOW);
        one.store.close();
        Files.writeString(one.folder.resolve("CURRENT"), "nonsense\n");
        one.store = one.open("topics-1");
        assertIsEmpty();
    }

    @Test
    void isMadeAnewWhenAFileIsGone() throws RocksDBException, IOException {
        one.deliver("evt_1", NOW);
        one.store.close();
        for (Path table : tables()) {
            Files.delete(table);
        }
        one.store = one.open("topics-1");
        assertIsEmpty();
    }

    @Test
    void isMadeAnewWhenWhatIsReadCannotBeRight() throws RocksDBException, IOException {
        for (int i = 0; i < 200; i++) {
            one.deliver("evt_" + i, NOW.minusSeconds(i));
        }
        one.reopen("topics-1");
        for (Path table : tables()) {
            byte[] bytes = Files.readAllBytes(table);
            // Rows come first, and what is needed to open the file last.
            Arrays.fill(bytes, 0, Math.min(64, bytes.length), (byte) 7);
            Files.write(table, bytes);
        }

        assertThatThrownBy(one::ids).isInstanceOf(LogUnavailable.class);
        assertThatThrownBy(one.store::expire).isInstanceOf(RocksDBException.class);
        one.reopen("topics-1");
        assertIsEmpty();
        one.deliver("evt_1", NOW);
        assertThat(one.ids()).hasSize(1);
    }

    @Test
    void oneInUseIsLeftAlone() throws RocksDBException {
        one.deliver("evt_1", NOW);

        assertThatThrownBy(() -> one.open("topics-1")).isInstanceOf(RocksDBException.class);
        assertThat(one.ids()).hasSize(1);
    }

    @Test
    void isHeldByOneConsoleAtATime() throws IOException {
        FolderLock held = FolderLock.take(temporary);
        assertThatThrownBy(() -> FolderLock.take(temporary))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("console.state-folder")
                .hasMessageContaining("another console");
        held.close();
        FolderLock.take(temporary).close();
    }

    @Test
    void thoseOfPartitionsThatWentAreDeletedAfterADay() throws IOException {
        LogFolder all = new LogFolder(temporary, one.clock);
        FileTime yesterday = FileTime.from(NOW.minus(Duration.ofHours(25)));
        FileTime today = FileTime.from(NOW.minus(Duration.ofHours(23)));
        for (int partition = 1; partition <= 3; partition++) {
            Files.createDirectories(all.of(partition));
            Files.writeString(all.of(partition).resolve("file"), "");
        }
        Files.createDirectories(temporary.resolve("else"));
        for (Path old : List.of(all.of(0), all.of(1), all.of(2), temporary.resolve("else"))) {
            Files.setLastModifiedTime(old, yesterday);
        }
        Files.setLastModifiedTime(all.of(3), today);

        all.deleteUnused(Set.of(0, 1));

        assertThat(all.of(0)).exists();
        assertThat(all.of(1)).exists();
        assertThat(all.of(2)).doesNotExist();
        assertThat(all.of(3)).exists();
        assertThat(temporary.resolve("else")).exists();
    }
}

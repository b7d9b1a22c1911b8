package dev.hookswitch.common.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {
    private static final String KEY = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MTI=";

    @TempDir
    Path folder;

    @Test
    void readsTheActiveKeyAndTheOthers() throws IOException {
        KeyRing ring = KeyRing.read(file("{'active':'k2','keys':{'k1':'" + KEY + "','k2':'" + KEY + "'}}"));
        assertThat(ring.activeId()).isEqualTo("k2");
        assertThat(ring.key("k1").getEncoded()).hasSize(32);
        assertThatThrownBy(() -> ring.key("k3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key ring has no key k3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | ': active must name one of keys'",
                "{}                                        | ': active must name one of keys'",
                "[]                                        | ': active must name one of keys'",
                "null                                      | ': active must name one of keys'",
                "{'keys':{'k1':'KEY'}}                     | ': active must name one of keys'",
                "{'active':'k2','keys':{'k1':'KEY'}}       | ': active must name one of keys'",
                "{'active':'k1','keys':['KEY']}            | ': active must name one of keys'",
                "{'active':'k1','keys':{'k1':'KEY'         | ' is not JSON'",
                "KEY                                       | ' is not JSON'",
                "{'active':'k1','retiring':['k2'],'keys':{'k1':'KEY'}} | ': retiring must name some of keys, and not the active one'",
                "{'active':'k1','retiring':['k1'],'keys':{'k1':'KEY'}} | ': retiring must name some of keys, and not the active one'",
                "{'active':'k1','keys':{'k1':'KEY!'}}      | ': keys.k1 is not base64'",
                "{'active':'k1','keys':{'k1':''}}          | ': keys.k1 must be 32 bytes, was 0'",
                "{'active':'k1','keys':{'k1':7}}           | ': keys.k1 is not base64'",
                "{'active':'k1','keys':{'k1':{'a':'KEY'}}} | ': keys.k1 must be 32 bytes, was 0'",
                "{'active':'k1','keys':{'k1':'KEY','old':'c2VjcmV0c2VjcmV0'}} | ': keys.old must be 32 bytes, was 12'",
            })
    void namesFileAndFieldButNeverAKey(String content, String problem) throws IOException {
        Path file = file(content.replace("KEY", KEY));
        assertThatThrownBy(() -> KeyRing.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("key ring " + file + problem)
                .hasNoCause()
                .message()
                .doesNotContain("c2Vj");
    }

    @Test
    void namesTheFileThatIsMissing() {
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> KeyRing.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessage("key ring " + missing + " does not exist");
    }

    @Test
    void makesARingThatOnlyItsOwnerReadsAndKeepsIt() throws IOException {
        Path file = folder.resolve("new").resolve("folder").resolve("ring.json");
        KeyRing made = KeyRing.readOrCreate(file, new SecureRandom());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        KeyRing again = KeyRing.readOrCreate(file, new SecureRandom());
        assertThat(again.activeId()).isEqualTo(made.activeId());
        assertThat(again.key(again.activeId()).getEncoded())
                .isEqualTo(made.key(made.activeId()).getEncoded());
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whoComesSecondTakesTheRingOfTheFirst() throws IOException {
        Path file = folder.resolve("ring.json");
        List<KeyRing> first = new ArrayList<>();
        KeyRing second = KeyRing.readOrCreate(file, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                try {
                    first.add(KeyRing.readOrCreate(file, new SecureRandom()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThat(second.key(second.activeId()).getEncoded())
                .isEqualTo(first.get(0).key("k1").getEncoded());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void twoRingsHaveDifferentKeys() throws IOException {
        KeyRing one = KeyRing.readOrCreate(folder.resolve("one.json"), new SecureRandom());
        KeyRing two = KeyRing.readOrCreate(folder.resolve("two.json"), new SecureRandom());
        assertThat(one.key(one.activeId()).getEncoded())
                .isNotEqualTo(two.key(two.activeId()).getEncoded());
    }

    @Test
    void aKeyComesSealsRetiresAndGoes() throws IOException {
        Path file = folder.resolve("ring.json");
        KeyRing first = KeyRing.readOrCreate(file, new SecureRandom());

        KeyRing.change(file, ring -> ring.withNew("k2", new SecureRandom()));
        KeyRing added = KeyRing.read(file);
        assertThat(added.activeId()).isEqualTo("k1");
        assertThat(added.ids()).containsExactly("k1", "k2");
        assertThat(added.retiring()).isEmpty();
        assertThat(added.key("k1")).isEqualTo(first.key("k1")).isNotEqualTo(added.key("k2"));

        KeyRing.change(file, ring -> ring.activated("k2"));
        KeyRing activated = KeyRing.read(file);
        assertThat(activated.activeId()).isEqualTo("k2");
        assertThat(activated.retiring()).containsExactly("k1");
        assertThat(activated.key("k1")).isEqualTo(first.key("k1"));

        KeyRing.change(file, ring -> ring.without("k1"));
        assertThat(KeyRing.read(file)).isEqualTo(activated.without("k1"));
        assertThat(KeyRing.read(file).ids()).containsExactly("k2");
    }

    @Test
    void changesThatBreakARingChangeNothing() throws IOException {
        Path file = file("{'active':'k1','keys':{'k1':'" + KEY + "','k2':'" + KEY + "'}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String before = Files.readString(file);
        List<UnaryOperator<KeyRing>> wrong = List.of(
                ring -> ring.withNew("k2", new SecureRandom()),
                ring -> ring.withNew("", new SecureRandom()),
                ring -> ring.withNew("a b", new SecureRandom()),
                ring -> ring.activated("k3"),
                ring -> ring.without("k1"),
                ring -> ring.without("k3"));

        assertThat(wrong)
                .allSatisfy(change -> assertThatThrownBy(() -> KeyRing.change(file, change))
                        .isInstanceOf(IllegalArgumentException.class)
                        .message()
                        .doesNotContain("c2Vj"));
        assertThat(Files.readString(file)).isEqualTo(before);
        var unused = KeyRing.change(file, ring -> ring.activated("k2"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void saysNothingOfItsKeys() throws IOException {
        KeyRing ring = KeyRing.read(file("{'active':'k1','keys':{'k1':'" + KEY + "'}}"));

        assertThat(ring.toString()).isEqualTo("KeyRing(k1 of [k1])");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("ring.json"), content.replace('\'', '"'));
    }
}

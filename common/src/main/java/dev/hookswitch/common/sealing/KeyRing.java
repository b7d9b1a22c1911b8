package dev.hookswitch.common.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key-encryption keys: one active, which seals, and any number that only open. Of these, what is sealed under a retiring
 * one is to be sealed anew. As a file: {@code {"active":"k2","retiring":["k1"],"keys":{"k1":"<base64 of 32 bytes>","k2":...}}}.
 */
public final class KeyRing {
    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String activeId;
    private final Set<String> retiring;
    private final Map<String, SecretKey> keys;

    private KeyRing(String activeId, Set<String> retiring, Map<String, SecretKey> keys) {
        this.activeId = activeId;
        this.retiring = Collections.unmodifiableSet(new LinkedHashSet<>(retiring));
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Reads a key ring file; the messages of its errors name the file and the field, never a key. */
    public static KeyRing read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException("key ring " + file + " does not exist", e);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("key ring " + file + " is not JSON");
        }
        String active = root.path("active").asText("");
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("keys").properties()) {
            keys.put(entry.getKey(), key(file, entry.getKey(), entry.getValue().asText("")));
        }
        if (!keys.containsKey(active)) {
            throw new IOException("key ring " + file + ": active must name one of keys");
        }
        Set<String> retiring = new LinkedHashSet<>();
        for (JsonNode id : root.path("retiring")) {
            retiring.add(id.asText());
        }
        if (!keys.keySet().containsAll(retiring) || retiring.contains(active)) {
            throw new IOException("key ring " + file + ": retiring must name some of keys, and not the active one");
        }
        return new KeyRing(active, retiring, keys);
    }

    /**
     * Reads the file, or makes it with one new key, readable by its owner alone. Of several processes that make it at once
     * all get the ring of one.
     */
    public static KeyRing readOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) {
            KeyRing made = new KeyRing("k1", Set.of(), Map.of("k1", newKey(random)));
            KeyRingFile.create(file.toAbsolutePath(), made.toJson());
        }
        return read(file);
    }

    /**
     * Reads the file, changes the ring and puts it in the file's place, whole, with the rights that the file had. For people,
     * one at a time.
     *
     * @throws IOException when it cannot be read or written; the file is as it was
     */
    public static KeyRing change(Path file, UnaryOperator<KeyRing> change) throws IOException {
        KeyRing changed = change.apply(read(file));
        KeyRingFile.replace(file.toRealPath(), changed.toJson());
        return changed;
    }

    private static SecretKey key(Path file, String id, String base64) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("key ring " + file + ": keys." + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IOException("key ring " + file + ": keys." + id + " must be 32 bytes, was " + bytes.length);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static SecretKey newKey(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    private byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("active", activeId);
        if (!retiring.isEmpty()) {
            ArrayNode ids = root.putArray("retiring");
            retiring.forEach(ids::add);
        }
        ObjectNode all = root.putObject("keys");
        keys.forEach((id, key) -> all.put(id, Base64.getEncoder().encodeToString(key.getEncoded())));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** The key that seals. */
    public String activeId() {
        return activeId;
    }

    /** Keys that are to go, once nothing is sealed under them. */
    public Set<String> retiring() {
        return retiring;
    }

    /** Every key, in the order of the file. */
    public Set<String> ids() {
        return keys.keySet();
    }

    /**
     * With one more key, which only opens.
     *
     * @throws IllegalArgumentException when no key may have this id, or one has it
     */
    public KeyRing withNew(String id, SecureRandom random) {
        if (!ID.matcher(id).matches() || keys.containsKey(id)) {
            throw new IllegalArgumentException(
                    "a new key's id must have 1 to 32 letters, digits, _ or - and be no other key's, was: " + id);
        }
        Map<String, SecretKey> more = new LinkedHashMap<>(keys);
        more.put(id, newKey(random));
        return new KeyRing(activeId, retiring, more);
    }

    /**
     * With this key as the one that seals; all others are retiring.
     *
     * @throws IllegalArgumentException when the ring has no such key
     */
    public KeyRing activated(String id) {
        SecretKey unused = key(id);
        Set<String> others = new LinkedHashSet<>(keys.keySet());
        others.remove(id);
        return new KeyRing(id, others, keys);
    }

    /**
     * Without this key. What is sealed under it does not open any more.
     *
     * @throws IllegalArgumentException when the ring has no such key, or it is the active one
     */
    public KeyRing without(String id) {
        SecretKey unused = key(id);
        if (id.equals(activeId)) {
            throw new IllegalArgumentException(id + " is the active key: activate another one first");
        }
        Map<String, SecretKey> fewer = new LinkedHashMap<>(keys);
        fewer.remove(id);
        Set<String> others = new LinkedHashSet<>(retiring);
        others.remove(id);
        return new KeyRing(activeId, others, fewer);
    }

    SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("key ring has no key " + id);
        }
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRing ring
                && activeId.equals(ring.activeId)
                && retiring.equals(ring.retiring)
                && keys.equals(ring.keys);
    }

    @Override
    public int hashCode() {
        return Objects.hash(activeId, keys.keySet());
    }

    /** Names the keys and shows none. */
    @Override
    public String toString() {
        return "KeyRing(" + activeId + " of " + keys.keySet() + ")";
    }
}

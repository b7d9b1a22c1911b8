package dev.hookswitch.common.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key-encryption keys: one active, which seals, and any number that only open. As a file:
 * {@code {"active":"k1","keys":{"k1":"<base64 of 32 bytes>"}}}.
 */
public final class KeyRing {
    private static final int KEY_BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String activeId;
    private final Map<String, SecretKey> keys;

    private KeyRing(String activeId, Map<String, SecretKey> keys) {
        this.activeId = activeId;
        this.keys = Map.copyOf(keys);
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
        return new KeyRing(active, keys);
    }

    /**
     * Reads the file, or makes it with one new key, readable by its owner alone. Of several processes that make it at once
     * all get the ring of one.
     */
    public static KeyRing readOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) {
            byte[] bytes = new byte[KEY_BYTES];
            random.nextBytes(bytes);
            ObjectNode root = JSON.createObjectNode();
            root.put("active", "k1");
            root.putObject("keys").put("k1", Base64.getEncoder().encodeToString(bytes));
            write(file.toAbsolutePath(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
        return read(file);
    }

    /** All of the file or none of it: a ring that was cut short would lock its owner out. */
    private static void write(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        Path complete = Files.createTempFile(
                folder,
                "key-ring",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(complete, content);
            // Not a move, which would replace the ring of another process that started at the same time.
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException e) {
            // The other was faster: its ring is the one.
        } finally {
            Files.delete(complete);
        }
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

    String activeId() {
        return activeId;
    }

    SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("key ring has no key " + id);
        }
        return key;
    }
}

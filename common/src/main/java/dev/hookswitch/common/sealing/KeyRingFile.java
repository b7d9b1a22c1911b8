package dev.hookswitch.common.sealing;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Writes the file of a key ring, all of it or none: a ring that was cut short would lock its owner out. */
final class KeyRingFile {
    private KeyRingFile() {}

    /** Makes the file, readable by its owner alone. When another process is faster, its ring is the one. */
    static void create(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        Path complete = write(folder, content);
        try {
            // Not a move, which would replace the ring of another process that started at the same time.
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException e) {
            // The other was faster.
        } finally {
            Files.delete(complete);
        }
    }

    /** Puts the content in the place of what is there, for the same owner, group and rights. */
    static void replace(Path file, byte[] content) throws IOException {
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        Path complete = write(Objects.requireNonNull(file.getParent(), "a file is in a folder"), content);
        try {
            PosixFileAttributeView rights = Files.getFileAttributeView(complete, PosixFileAttributeView.class);
            PosixFileAttributes own = rights.readAttributes();
            if (!own.owner().equals(old.owner())) {
                rights.setOwner(old.owner());
            }
            if (!own.group().equals(old.group())) {
                rights.setGroup(old.group());
            }
            rights.setPermissions(old.permissions());
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    private static Path write(Path folder, byte[] content) throws IOException {
        Path complete = Files.createTempFile(
                folder,
                "key-ring",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            return Files.write(complete, content);
        } catch (IOException | RuntimeException e) {
            Files.delete(complete);
            throw e;
        }
    }
}

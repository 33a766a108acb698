package com.ventros.crm.media;

import com.ventros.crm.kernel.TenantId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files in a folder: {@code <folder>/<tenant>/<first two digits of the hash>/<hash>}. A tenant's files are in one
 * folder of its own, so that nobody learns from a second upload what somebody else has.
 */
final class MediaFolder implements MediaStore {

    private final Path folder;

    MediaFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** On the same disk, so that it can be moved into its place in one step. */
    @Override
    public Path temporary() throws IOException {
        var incoming = Files.createDirectories(folder.resolve("incoming"));
        return Files.createTempFile(incoming, "", ".part");
    }

    @Override
    public void take(TenantId tenant, String sha256, Path complete) throws IOException {
        try (var file = FileChannel.open(complete, StandardOpenOption.WRITE)) {
            // The row that names it is durable, so it has to be as well.
            file.force(true);
        }
        var place = path(tenant, sha256);
        Files.createDirectories(place.getParent());
        Files.move(complete, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(place.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public InputStream open(TenantId tenant, String sha256) throws IOException {
        try {
            return Files.newInputStream(path(tenant, sha256));
        } catch (NoSuchFileException gone) {
            throw (FileNotFoundException) new FileNotFoundException(gone.getFile()).initCause(gone);
        }
    }

    @Override
    public void delete(TenantId tenant, String sha256) throws IOException {
        Files.deleteIfExists(path(tenant, sha256));
    }

    /** Built of an id and a checked hash: nothing that a sender chose is part of it. */
    private Path path(TenantId tenant, String sha256) {
        return folder.resolve(tenant.toString()).resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}

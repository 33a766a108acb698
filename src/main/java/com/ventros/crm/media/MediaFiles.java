package com.ventros.crm.media;

import com.ventros.crm.tenancy.Tenancy;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The kept files of the bound tenant. */
@Component
public class MediaFiles {

    private final JdbcClient db;
    private final MediaFolder folder;

    MediaFiles(JdbcClient db, MediaFolder folder) {
        this.db = db;
        this.folder = folder;
    }

    @Transactional(readOnly = true)
    public Optional<MediaFile> find(MediaId id) {
        return db.sql("select sha256, bytes, mime_type from media_file where id = :id").param("id", id.value())
                .query((row, _) -> new MediaFile(id, row.getString("sha256"), row.getLong("bytes"), row.getString("mime_type")))
                .optional();
    }

    /** Where the bytes are, to be read only. */
    public Path path(MediaFile file) {
        return folder.path(Tenancy.current(), file.sha256());
    }
}

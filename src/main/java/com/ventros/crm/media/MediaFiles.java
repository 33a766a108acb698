package com.ventros.crm.media;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The kept files of the bound tenant. */
@Component
public class MediaFiles {

    private static final Logger log = LoggerFactory.getLogger(MediaFiles.class);

    private final JdbcClient db;
    private final MediaStore store;

    MediaFiles(JdbcClient db, MediaStore store) {
        this.db = db;
        this.store = store;
    }

    @Transactional(readOnly = true)
    public Optional<MediaFile> find(MediaId id) {
        return db.sql("select sha256, bytes, mime_type from media_file where id = :id").param("id", id.value())
                .query((row, _) -> new MediaFile(id, row.getString("sha256"), row.getLong("bytes"), row.getString("mime_type")))
                .optional();
    }

    /** Its bytes, to be read as often as one likes; reading begins with a {@link Refusal} when they are gone, or cannot be had now. */
    public Resource bytes(MediaFile file) {
        return new Bytes(store, Tenancy.current(), file);
    }

    private static final class Bytes extends AbstractResource {
        private final MediaStore store;
        private final TenantId tenant;
        private final MediaFile file;

        Bytes(MediaStore store, TenantId tenant, MediaFile file) {
            this.store = store;
            this.tenant = tenant;
            this.file = file;
        }

        @Override
        public InputStream getInputStream() {
            try {
                return store.open(tenant, file.sha256());
            } catch (FileNotFoundException gone) {
                log.error("{} is gone from the store", this, gone);
                throw Refusal.notFound("file");
            } catch (IOException away) {
                throw MediaStore.unavailable(away);
            }
        }

        @Override
        public long contentLength() {
            return file.bytes();
        }

        @Override
        public String getDescription() {
            return "file " + file.id();
        }
    }
}

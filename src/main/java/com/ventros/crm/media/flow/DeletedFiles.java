package com.ventros.crm.media.flow;

import com.ventros.crm.media.DeleteMedia;
import com.ventros.crm.tenancy.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes out of the folder what no row names any more. Any number of nodes may look. */
@Component
class DeletedFiles {

    private static final Logger log = LoggerFactory.getLogger(DeletedFiles.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final DeleteMedia deleteMedia;

    DeletedFiles(DeleteMedia deleteMedia) {
        this.deleteMedia = deleteMedia;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void runOnce() {
        for (var tenant : deleteMedia.pending()) {
            try {
                Tenancy.run(tenant, deleteMedia::sweep);
            } catch (RuntimeException failed) {
                log.warn("Deleted files of tenant {} still lie in the folder; the next look tries again", tenant, failed);
            }
        }
    }
}

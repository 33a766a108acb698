package com.ventros.crm.embedded;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded parts keep their files, and how large they may grow.
 *
 * @param dataDir       folder of everything that must survive a restart
 * @param binariesDir   folder into which PostgreSQL's programs are unpacked; below {@code dataDir} unless set
 * @param guest         uses the server that another program runs on the folder, for a command beside it
 * @param sharedBuffers PostgreSQL's own cache; 256 MB serve a small install and leave room for the program
 */
@ConfigurationProperties("crm.embedded")
public record EmbeddedProperties(
        @DefaultValue("data") Path dataDir,
        Optional<String> binariesDir,
        @DefaultValue("false") boolean guest,
        @DefaultValue("256MB") String sharedBuffers) {}

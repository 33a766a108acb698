package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class WebAppTests {

    @TempDir
    Path files;

    @BeforeEach
    void aBuiltApp() throws Exception {
        Files.writeString(files.resolve("index.html"), "<html>");
        Files.writeString(files.resolve("favicon.svg"), "<svg>");
    }

    @Test
    void everyScreensAddressIsTheOnePage() throws Exception {
        for (var path : new String[] {"", "inbox", "inbox/018f", "settings/team", "apidocs"}) {
            assertThat(resource(path)).as(path).isEqualTo("index.html");
        }
    }

    @Test
    void filesAreThemselvesOrNotThere() throws Exception {
        assertThat(resource("favicon.svg")).isEqualTo("favicon.svg");
        assertThat(resource("missing.js")).isNull();
        assertThat(resource("../secret.txt")).isNull();
    }

    @Test
    void addressesOfProgramsAreNoScreens() throws Exception {
        for (var path : new String[] {"api", "api/v1/nothing", "webhooks/waha/x", "actuator/env"}) {
            assertThat(resource(path)).as(path).isNull();
        }
    }

    private String resource(String path) throws Exception {
        var found = new WebApp.Screens().getResource(path, new FileSystemResource(files + "/"));
        return found == null ? null : found.getFilename();
    }
}

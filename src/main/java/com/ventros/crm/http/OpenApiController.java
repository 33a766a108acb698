package com.ventros.crm.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of this API. */
@RestController
class OpenApiController {

    /** Written by a test and packed into the program, so that the start pays nothing for it. */
    private static final Resource DOCUMENT = new ClassPathResource("api-docs/openapi.json");

    /** Shows this document. Everybody may read it: it says what any copy of the program does, and nothing of this one. */
    @Open
    @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource document() {
        return DOCUMENT;
    }
}

package com.ventros.crm.operations.web;

import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What events there are. */
@RestController
@RequestMapping("/api/v1/operations/events/catalogue")
class CatalogueController {

    private final Catalogue catalogue;

    CatalogueController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Lists every event type with the JSON schema of its data, and of its earlier versions. */
    @GetMapping
    @Requires(Permission.OPERATIONS_READ)
    Page<Catalogue.Entry> catalogue() {
        return Page.whole(catalogue.entries());
    }
}

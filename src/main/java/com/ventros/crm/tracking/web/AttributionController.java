package com.ventros.crm.tracking.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Dates;
import com.ventros.crm.http.FilesOnce;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tracking.AttributionReport;
import com.ventros.crm.tracking.AttributionReport.By;
import com.ventros.crm.tracking.AttributionReport.Model;
import com.ventros.crm.tracking.ImportCosts;
import com.ventros.crm.tracking.TouchView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** By which ways contacts came, what came of them, and what that cost. */
@RestController
@RequestMapping("/api/v1")
class AttributionController {

    private final ContactView contacts;
    private final TouchView touches;
    private final AttributionReport report;
    private final ImportCosts costs;
    private final FilesOnce once;

    AttributionController(ContactView contacts, TouchView touches, AttributionReport report, ImportCosts costs, FilesOnce once) {
        this.contacts = contacts;
        this.touches = touches;
        this.report = report;
        this.costs = costs;
        this.once = once;
    }

    /** Lists the ways by which a contact came, the newest first; {@code first} and {@code last} say which those are. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/contacts/{id}/touches")
    Page<TouchView.Shown> touches(@PathVariable UUID id, Paging paging) {
        var contact = contacts.find(new ContactId(id)).orElseThrow(() -> Refusal.notFound("contact"));
        return Page.of(touches.of(contact.id(), paging), paging, touch -> Cursor.after(touch.at(), touch.id()));
    }

    /**
     * Shows what came of the ways of some days by source, medium, campaign, link or ad: clicks, contacts, sessions, won deals and cost.
     * {@code model} says whether the {@code first} or the {@code last} way of a contact is credited.
     */
    @Requires(Permission.REPORT_READ)
    @GetMapping("/tracking/report")
    Page<AttributionReport.Row> report(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> from,
            @RequestParam Optional<String> to, @RequestParam Optional<String> by, @RequestParam Optional<String> model) {
        return Page.whole(report.rows(new AttributionReport.Query(projectId, from.map(text -> Dates.day("from", text)),
                to.map(text -> Dates.day("to", text)), by.map(text -> Codes.read("by", text, By.values())).orElse(By.SOURCE),
                model.map(text -> Codes.read("model", text, Model.values())).orElse(Model.LAST)), Clock.systemUTC().instant()));
    }

    /** Takes in what was spent. The body is a CSV file with the columns day, amount, currency, and source, medium, campaign or adId. */
    @Requires(Permission.AUTOMATION_WRITE)
    @PostMapping("/tracking/costs")
    ImportCosts.Result costs(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> encoding,
            @RequestParam Optional<String> separator, @RequestParam Optional<String> decimal, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        return costs.handle(new ImportCosts.File(request.getInputStream(), projectId, encoding, separator, decimal.map(Figures.Decimal::typed),
                once.key(request, response)));
    }
}

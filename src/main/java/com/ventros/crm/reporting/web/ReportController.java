package com.ventros.crm.reporting.web;

import com.ventros.crm.http.Dates;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.reporting.ReportView;
import com.ventros.crm.reporting.ReportView.Group;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures of a project, in its time zone. */
@RestController
@RequestMapping("/api/v1/reports")
class ReportController {

    private final ReportView view;

    ReportController(ReportView view) {
        this.view = view;
    }

    /** Shows what was used by month and channel, {@code from} and {@code to} written 2026-03. */
    @Requires(Permission.REPORT_READ)
    @GetMapping("/usage")
    Page<ReportView.Usage> usage(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> from, @RequestParam Optional<String> to) {
        return Page.whole(view.usage(projectId, from.map(text -> Dates.month("from", text)), to.map(text -> Dates.month("to", text)),
                Clock.systemUTC().instant()));
    }

    /** Shows messages, sessions, first responses and resolutions by {@code groupBy} day, hour, channel or agent. */
    @Requires(Permission.REPORT_READ)
    @GetMapping("/figures")
    Page<ReportView.Figures> figures(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> from,
            @RequestParam Optional<String> to, @RequestParam Optional<String> groupBy, @RequestParam Optional<UUID> channelId,
            @RequestParam Optional<UUID> agentId) {
        var group = groupBy.map(text -> Codes.read("groupBy", text, Group.values())).orElse(Group.DAY);
        return Page.whole(view.figures(new ReportView.Query(projectId, from.map(text -> Dates.day("from", text)),
                to.map(text -> Dates.day("to", text)), group, channelId, agentId), Clock.systemUTC().instant()));
    }
}

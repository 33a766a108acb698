package com.ventros.crm.operations.web;

import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.operations.TraceView;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Why something happened and what came of it. It names people, keys and reasons of failures of every module, whatever
 * the reader may open there: an operator's view, though of the own tenant only.
 */
@RestController
class TraceController {

    private final TraceView traces;

    TraceController(TraceView traces) {
        this.traces = traces;
    }

    /**
     * Shows why something happened and what came of it. The id is that of a message, an event, a send, a delivery
     * that was given up, or a correlation (as in {@code X-Request-Id}).
     */
    @GetMapping("/api/v1/trace/{id}")
    @Requires(Permission.OPERATIONS_READ)
    TraceView.Found trace(@PathVariable UUID id) {
        return traces.of(id);
    }
}
